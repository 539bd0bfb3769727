/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.parameters;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.AwsJsonCall;
import io.signalbox.runtime.Env;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Parameters in SSM Parameter Store as SecureStrings below {@code PARAMETER_PREFIX}, under the account's default key.
 * One API call each. The tier is Intelligent-Tiering: free up to 4 KB a value, $0.05 a month for one up to 8 KB
 * (docs.aws.amazon.com, "Managing parameter tiers").
 */
public final class SsmParameters implements Parameters {

    private final AwsJsonCall ssm;
    private final String prefix;

    public SsmParameters(AwsJsonCall ssm, String prefix) {
        this.ssm = requireNonNull(ssm, "ssm is null");
        this.prefix = requireNonNull(prefix, "prefix is null");
    }

    public static SsmParameters of(Env env) {
        return new SsmParameters(new AwsJsonCall(env, Aws.http(), "ssm", "AmazonSSM"), env.require("PARAMETER_PREFIX"));
    }

    @Override
    public Optional<String> get(String name) throws ParametersUnavailable {
        var request = named(name);
        request.put("WithDecryption", Value.TRUE);
        try {
            var value =
                    ssm.call("GetParameter", Value.of(request)).at("Parameter").at("Value");
            return Optional.ofNullable(value.asText());
        } catch (AwsJsonCall.Failed e) {
            if (e.type().equals("ParameterNotFound")) {
                return Optional.empty();
            }
            throw unavailable(e);
        }
    }

    @Override
    public void put(String name, String value) throws ParametersUnavailable {
        try {
            ssm.call("PutParameter", Value.of(secure(name, value, true)));
        } catch (AwsJsonCall.Failed e) {
            throw unavailable(e);
        }
    }

    /** A retry after a lost answer finds its own value and reports false: read the value to learn whose it is. */
    @Override
    public boolean create(String name, String value) throws ParametersUnavailable {
        try {
            ssm.call("PutParameter", Value.of(secure(name, value, false)));
            return true;
        } catch (AwsJsonCall.Failed e) {
            if (e.type().equals("ParameterAlreadyExists")) {
                return false;
            }
            throw unavailable(e);
        }
    }

    @Override
    public void delete(String name) throws ParametersUnavailable {
        try {
            ssm.call("DeleteParameter", Value.of(named(name)));
        } catch (AwsJsonCall.Failed e) {
            if (!e.type().equals("ParameterNotFound")) {
                throw unavailable(e);
            }
        }
    }

    private LinkedHashMap<String, Value> named(String name) {
        var request = new LinkedHashMap<String, Value>();
        request.put("Name", Value.of(prefix + "/" + name));
        return request;
    }

    private LinkedHashMap<String, Value> secure(String name, String value, boolean overwrite) {
        var request = named(name);
        request.put("Value", Value.of(value));
        request.put("Type", Value.of("SecureString"));
        request.put("Tier", Value.of("Intelligent-Tiering"));
        request.put("Overwrite", Value.of(overwrite));
        return request;
    }

    private static ParametersUnavailable unavailable(AwsJsonCall.Failed e) {
        return new ParametersUnavailable("the parameter store is away: " + e.getMessage(), e);
    }
}
