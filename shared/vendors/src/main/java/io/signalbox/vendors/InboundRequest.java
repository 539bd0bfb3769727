/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import java.util.List;
import java.util.Map;

/**
 * A request as it came in, for a verifier to judge.
 *
 * @param method in capitals
 * @param rawQuery what stood after the {@code ?}, not decoded; empty when nothing did
 * @param headers names in lower case; a header that occurred twice has two values
 * @param body the bytes on the wire; do not change the array
 */
public record InboundRequest(String method, String rawQuery, Map<String, List<String>> headers, byte[] body) {}
