/* SPDX-License-Identifier: Apache-2.0 */
/** Secrets and the connection settings that hold them, in SSM Parameter Store. */
package io.signalbox.parameters;
