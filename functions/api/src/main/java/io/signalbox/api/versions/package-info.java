/* SPDX-License-Identifier: Apache-2.0 */

/** What tells one version of the API from the next, as tables and pure functions: deprecations, changes, v3's records. */
package io.signalbox.api.versions;
