/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/** Something that is made when it is first asked for, once. What nobody asks for costs the cold start nothing. */
final class Lazy<T> implements Supplier<T> {

    private Supplier<? extends T> maker;
    private T made;

    Lazy(Supplier<? extends T> maker) {
        this.maker = requireNonNull(maker, "maker is null");
    }

    @Override
    public synchronized T get() {
        if (maker != null) {
            made = requireNonNull(maker.get(), "made null");
            maker = null;
        }
        return made;
    }
}
