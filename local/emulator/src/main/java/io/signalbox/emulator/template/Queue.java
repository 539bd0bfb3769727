/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * One standard {@code AWS::SQS::Queue}.
 *
 * @param id logical id
 * @param visibilityTimeout how long a received message stays hidden, 30 s unless told
 * @param retention after which a message is dropped, 4 days unless told
 * @param delay before a new message can be received
 */
public record Queue(
        String id,
        String name,
        String url,
        String arn,
        Duration visibilityTimeout,
        Duration retention,
        Duration delay,
        Optional<Redrive> redrive) {

    public Queue {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(url, "url is null");
        requireNonNull(arn, "arn is null");
        requireNonNull(visibilityTimeout, "visibilityTimeout is null");
        requireNonNull(retention, "retention is null");
        requireNonNull(delay, "delay is null");
        requireNonNull(redrive, "redrive is null");
    }

    /**
     * Where a message goes that was received too often.
     *
     * @param deadLetterArn ARN of that queue
     * @param maxReceiveCount how often it may be received before
     */
    public record Redrive(String deadLetterArn, int maxReceiveCount) {}
}
