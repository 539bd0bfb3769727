/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.parameters;

class MemoryParametersTest extends ParametersContract {

    private final MemoryParameters parameters = new MemoryParameters();

    @Override
    Parameters parameters() {
        return parameters;
    }

    @Override
    Parameters away() {
        var away = new MemoryParameters();
        away.setAway(true);
        return away;
    }
}
