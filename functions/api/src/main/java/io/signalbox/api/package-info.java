/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The function behind the REST API. From the outside in: {@link io.signalbox.api.ApiHandler} is what Lambda calls,
 * {@code ApiContainer} turns an event into a servlet request, {@code ApiServlet} is the servlet, {@code Gate} routes
 * and lets in, one {@code Family} answers.
 *
 * <p>A new operation is a row in {@link io.signalbox.model.Operations} and an entry in its family's map; a new family
 * also a line in {@code Families}.
 */
package io.signalbox.api;
