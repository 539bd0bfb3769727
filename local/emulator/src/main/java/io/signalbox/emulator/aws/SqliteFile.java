/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.IOException;
import java.util.Map;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;

/**
 * The file that DynamoDB Local keeps its tables in. It waits for the disk several times in each write. That costs many
 * times the write itself (a put took 20 ms, then 3; median of one thread on a busy machine) and protects from a power
 * cut alone: with {@code synchronous=OFF} SQLite still survives the death of its process, as its manual says.
 *
 * <p>DynamoDB Local has no setting for it, hence the look inside; the version is pinned, and one that looks different
 * is refused at start.
 */
final class SqliteFile {

    private SqliteFile() {}

    /** @param engine one that has answered a call: before, it has not opened its file */
    static void stopSyncing(LocalDynamoDBRequestHandler engine) throws IOException {
        try {
            for (var client : ((Map<?, ?>) field(engine, "dbRequestHandlers")).values()) {
                var queue = (SQLiteQueue) field(field(client, "dbAccess"), "queue");
                queue.execute(new Pragma()).complete();
            }
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IOException("this version of DynamoDB Local is built otherwise than the one known", e);
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (var field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(of);
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    private static final class Pragma extends SQLiteJob<Void> {
        @Override
        protected Void job(SQLiteConnection connection) throws SQLiteException {
            connection.exec("PRAGMA synchronous=OFF");
            return null;
        }
    }
}
