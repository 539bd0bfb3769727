/* SPDX-License-Identifier: Apache-2.0 */
/** What users arrange their records by: pipelines with their stages, and owners. */
package io.signalbox.core.catalog;
