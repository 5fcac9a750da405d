package io.github.fapipack.it.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Prevents two servers from using the same work folder, where the second would empty the first
 * one's database.
 *
 * <p>The system releases the lock when the JVM ends, even after a crash.
 */
final class WorkFolderLock implements AutoCloseable {
  private final FileChannel channel;

  private WorkFolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static WorkFolderLock acquire(Path workFolder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            workFolder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new ServerFailure(
          "Another server is using " + workFolder + "; stop that one first (Ctrl-C).");
    }
    return new WorkFolderLock(channel);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldInThisJvm) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
