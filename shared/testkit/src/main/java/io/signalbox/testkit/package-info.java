/* SPDX-License-Identifier: Apache-2.0 */
/** What tests stand on: a stack of its own for each test class, and a clock that moves by hand. */
package io.signalbox.testkit;
