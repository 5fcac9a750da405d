package io.github.fapipack.it.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Results of {@code kc.sh build}, by their input: a build takes twenty seconds, and its result has
 * four megabytes.
 */
final class KeptBuilds {
  private final Path folder;

  KeptBuilds(Path folder) {
    this.folder = folder;
  }

  /**
   * Fills a server's folder {@code lib/quarkus} from a kept build, or builds and keeps the result.
   * Others that need the same build, even in another JVM, wait for it.
   */
  void take(String origin, Path target, Callable<Void> build) throws Exception {
    Path result = folder.resolve(origin);
    synchronized (KeptBuilds.class) {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(
              folder.resolve(origin + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        channel.lock(); // until the channel is closed
        if (Files.isDirectory(result)) {
          copy(result, target);
          return;
        }
        build.call();
        // Renamed when complete, so that an interrupted run leaves no partial build.
        Path unfinished = folder.resolve(origin + ".unfinished");
        copy(target, unfinished);
        Files.move(unfinished, result, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Distribution.delete(to);
    Files.createDirectories(to);
    List<Path> files;
    try (Stream<Path> content = Files.list(from)) {
      files = content.toList();
    }
    for (Path file : files) {
      Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
