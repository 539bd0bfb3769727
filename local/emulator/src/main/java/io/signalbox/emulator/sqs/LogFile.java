/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The log of all queues: frames of length, CRC-32C and the changes of one commit, appended with one {@code write} each.
 *
 * <p>A process that dies in the middle of a write leaves part of a frame at the end, which nobody was promised; opening
 * cuts it off. Any other damage is refused, for cutting there would lose kept messages silently.
 */
final class LogFile implements Journal {

    private static final int HEAD = 8;
    /** Ten messages of 1 MiB travel in no request; a longer frame is no frame. */
    private static final int MAX_FRAME = 16 << 20;

    /** Messages in one frame of a shrunk log, so that it can be read back even when each has 1 MiB. */
    private static final int CHUNK = 8;

    private final Path path;
    private final FileChannel guard;
    private FileChannel channel;
    private long end;
    private boolean broken;

    private LogFile(Path path, FileChannel guard, FileChannel channel) {
        this.path = path;
        this.guard = guard;
        this.channel = channel;
    }

    static LogFile open(Path directory) throws IOException {
        Files.createDirectories(directory);
        var guard =
                FileChannel.open(directory.resolve("queues.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (guard.tryLock() == null) {
                throw new IOException("another process has the queues in " + directory);
            }
            var path = directory.resolve("queues.log");
            return new LogFile(path, guard, channel(path));
        } catch (OverlappingFileLockException e) {
            guard.close();
            throw new IOException("this process has the queues in " + directory + " open already", e);
        } catch (IOException e) {
            guard.close();
            throw e;
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Hands over every change that was kept; call once, before the first append. */
    void replay(Consumer<Change> to) throws IOException {
        var size = channel.size();
        var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel.position(0)), 1 << 16));
        while (size - end >= HEAD) {
            var length = in.readInt();
            var crc = in.readInt();
            if (length <= 0 || length > MAX_FRAME) {
                throw damaged();
            }
            if (length > size - end - HEAD) {
                break;
            }
            var payload = in.readNBytes(length);
            if (crc(payload) != crc) {
                throw damaged();
            }
            var changes = new DataInputStream(new ByteArrayInputStream(payload));
            for (var left = changes.readInt(); left > 0; left--) {
                to.accept(ChangeCodec.read(changes));
            }
            end += HEAD + length;
        }
        channel.truncate(end);
    }

    private IOException damaged() {
        return new IOException("the log of the queues is damaged at byte " + end + " of " + path.getFileName());
    }

    @Override
    public void append(List<Change> changes) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        if (broken) {
            throw new IOException("an earlier write to the log of the queues failed and could not be undone");
        }
        try {
            end += write(channel, end, changes);
        } catch (IOException e) {
            undo(e);
            throw e;
        }
    }

    /** A frame that the disk had no room for must not stay behind: the next one would be unreadable. */
    private void undo(IOException cause) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            broken = true;
            cause.addSuppressed(e);
        }
    }

    private static int write(FileChannel to, long at, List<Change> changes) throws IOException {
        var payload = new ByteArrayOutputStream();
        var out = new DataOutputStream(payload);
        out.writeInt(changes.size());
        for (var change : changes) {
            ChangeCodec.write(out, change);
        }
        var bytes = payload.toByteArray();
        var frame = ByteBuffer.allocate(HEAD + bytes.length)
                .putInt(bytes.length)
                .putInt(crc(bytes))
                .put(bytes)
                .flip();
        var position = at;
        while (frame.hasRemaining()) {
            position += to.write(frame, position);
        }
        return HEAD + bytes.length;
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public long size() {
        return end;
    }

    @Override
    public void rewrite(List<Change> all) throws IOException {
        var fresh = path.resolveSibling("queues.log.new");
        Files.deleteIfExists(fresh);
        var to = channel(fresh);
        long at = 0;
        try {
            for (var from = 0; from < all.size(); from += CHUNK) {
                at += write(to, at, all.subList(from, Math.min(from + CHUNK, all.size())));
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            to.close();
            throw e;
        }
        var old = channel;
        channel = to;
        end = at;
        old.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        guard.close();
    }
}
