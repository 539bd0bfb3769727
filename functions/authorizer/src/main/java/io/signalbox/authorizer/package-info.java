/* SPDX-License-Identifier: Apache-2.0 */
/** The function that API Gateway asks before every call of the API: is the token genuine, does it hold the scope. */
package io.signalbox.authorizer;
