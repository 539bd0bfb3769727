/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;

/**
 * The stack that a template is read for: its pseudo parameters, and values for its own. Two stacks with different names
 * share no table and no queue, so each test may have one.
 *
 * @param name {@code AWS::StackName}; part of the name of every table and queue
 * @param region {@code AWS::Region}
 * @param account {@code AWS::AccountId}, twelve digits
 * @param endpoint where the services of this machine answer; queue URLs start with it
 * @param parameters values for the template's parameters, by name; the others keep their defaults
 */
public record Stack(String name, String region, String account, URI endpoint, Map<String, String> parameters) {

    public Stack {
        requireNonNull(name, "name is null");
        requireNonNull(region, "region is null");
        requireNonNull(account, "account is null");
        requireNonNull(endpoint, "endpoint is null");
        parameters = Map.copyOf(parameters);
    }

    /** A stack in {@code us-east-1} of account 000000000000, with the template's own defaults. */
    public static Stack local(String name, URI endpoint) {
        return new Stack(name, "us-east-1", "000000000000", endpoint, Map.of());
    }

    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }

    String physicalName(String logicalId) {
        return name + "-" + logicalId;
    }

    String queueUrl(String logicalId) {
        var base = endpoint.toString();
        return (base.endsWith("/") ? base : base + "/") + account + "/" + physicalName(logicalId);
    }
}
