/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What vendors would send, signed as they sign: for the command line, for tests and for the rehearsal before a snapshot.
 * No function loads anything of this package while it starts or answers.
 */
package io.signalbox.vendors.samples;
