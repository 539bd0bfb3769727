/* SPDX-License-Identifier: Apache-2.0 */
/**
 * An HTTP API of API Gateway on one port: routes, Lambda authorizers, payload format 2.0. {@link
 * io.signalbox.emulator.gateway.HttpGateway} is the door.
 */
package io.signalbox.emulator.gateway;
