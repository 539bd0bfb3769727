/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.Connection;
import io.signalbox.vendors.Vendor.ConfigurationError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Checks a connection's settings by what its vendor says of its secrets and options. */
final class Settings {

    private Settings() {}

    static List<ConfigurationError> check(Vendor vendor, Connection connection) {
        var errors = new ArrayList<ConfigurationError>();
        secrets(vendor, connection, errors);
        options(vendor, connection, errors);
        return errors;
    }

    private static void secrets(Vendor vendor, Connection connection, List<ConfigurationError> errors) {
        var form = vendor.secretForm();
        if (connection.secrets().isEmpty()) {
            errors.add(new ConfigurationError(
                    "/secrets", "REQUIRED", "Give " + form.name() + "; without one nothing is accepted."));
        }
        for (var i = 0; i < connection.secrets().size(); i++) {
            var pointer = "/secrets/" + i;
            form.judge()
                    .of(connection.secrets().get(i).value())
                    .ifPresent(
                            problem -> errors.add(new ConfigurationError(pointer, problem.code(), problem.message())));
        }
    }

    private static void options(Vendor vendor, Connection connection, List<ConfigurationError> errors) {
        var known = vendor.options();
        for (var option : known) {
            if (option.isRequired() && !connection.options().containsKey(option.name())) {
                errors.add(new ConfigurationError("/options/" + option.name(), "REQUIRED", option.meaning()));
            }
        }
        connection.options().forEach((name, value) -> {
            var option = known.stream().filter(each -> each.name().equals(name)).findFirst();
            var pointer = "/options/" + name.replace("~", "~0").replace("/", "~1");
            if (option.isEmpty()) {
                errors.add(new ConfigurationError(pointer, "UNKNOWN_OPTION", unknown(vendor)));
            } else {
                option.get()
                        .problem(value)
                        .ifPresent(message -> errors.add(new ConfigurationError(pointer, "INVALID", message)));
            }
        });
    }

    private static String unknown(Vendor vendor) {
        var names = vendor.options().stream().map(Option::name).collect(Collectors.joining(", "));
        return vendor.displayName() + (names.isEmpty() ? " has no options." : " knows the options " + names + ".");
    }
}
