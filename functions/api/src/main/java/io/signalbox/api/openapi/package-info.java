/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The contract of the REST API. It is written by hand, in {@code src/main/openapi}; {@link io.signalbox.api.openapi.OpenApi}
 * fills in the object types there are and writes the documents out that are served.
 */
package io.signalbox.api.openapi;
