/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What vendors would send, signed as they sign: for the command line, for tests and for trying a connection out. No
 * function loads anything of this package.
 */
package io.signalbox.vendors.samples;
