package io.github.fapipack.keycloak;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A folder on the server with documents of an operator. It is checked every few seconds at most,
 * and read again when a file has changed.
 *
 * @param <T> what its files mean
 */
public final class WatchedFolder<T> {

  private static final Logger LOGGER = Logger.getLogger(WatchedFolder.class);
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);

  /** Of one file, in bytes. */
  private static final long LARGEST = 256 * 1024;

  /** The state of a file when it was read. */
  private record Seen(FileTime changed, long size) {}

  private final Path folder;
  private final int depth;
  private final Predicate<String> part;
  private final Function<Map<Path, String>, T> reader;
  private Map<Path, Seen> seen = Map.of();
  private T content;
  private long looked = System.nanoTime() - INTERVAL;

  /**
   * A folder, which need not exist.
   *
   * @param folder null for none
   * @param depth how deep in the folder its files are: 1 for files directly in it
   * @param part whether a file with that name belongs to the content
   * @param reader makes the content of the texts of the files; is called once without files
   */
  public WatchedFolder(
      Path folder, int depth, Predicate<String> part, Function<Map<Path, String>, T> reader) {
    this.folder = folder;
    this.depth = depth;
    this.part = part;
    this.reader = reader;
    this.content = reader.apply(Map.of());
  }

  /** What is in the folder now; the very same object as long as nothing has changed. */
  public synchronized T content() {
    if (folder != null && System.nanoTime() - looked >= INTERVAL) {
      looked = System.nanoTime();
      try {
        refresh();
      } catch (IOException | RuntimeException e) {
        // The previous content stays in use; somebody may be writing.
        LOGGER.warnf(e, "The folder %s cannot be read", folder);
      }
    }
    return content;
  }

  private void refresh() throws IOException {
    Map<Path, Seen> now = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
        for (Path file : files.filter(this::isPart).toList()) {
          now.put(file, new Seen(Files.getLastModifiedTime(file), Files.size(file)));
        }
      }
    }
    if (!now.equals(seen)) {
      content = reader.apply(texts(now));
      seen = now;
    }
  }

  private boolean isPart(Path file) {
    return file.getNameCount() == folder.getNameCount() + depth
        && part.test(file.getFileName().toString())
        && Files.isRegularFile(file);
  }

  private static Map<Path, String> texts(Map<Path, Seen> files) throws IOException {
    Map<Path, String> texts = new TreeMap<>();
    for (Map.Entry<Path, Seen> file : files.entrySet()) {
      if (file.getValue().size() > LARGEST) {
        throw new IOException(file.getKey() + " is larger than " + LARGEST + " bytes");
      }
      texts.put(file.getKey(), Files.readString(file.getKey()));
    }
    return texts;
  }
}
