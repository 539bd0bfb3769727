/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Calling vendors' APIs on behalf of a connection: who granted what, tokens that renew themselves, and what is known of how
 * it goes. As {@code core} does, it joins its siblings; only functions import it.
 */
package io.signalbox.outbound;
