/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What answers the calls of AWS SDKs on one machine: DynamoDB and its streams, SQS, Parameter Store. {@link
 * io.signalbox.emulator.aws.AwsEndpoint} is the door.
 */
package io.signalbox.emulator.aws;
