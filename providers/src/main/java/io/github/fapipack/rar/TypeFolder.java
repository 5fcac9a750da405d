package io.github.fapipack.rar;

import io.github.fapipack.keycloak.ServerState;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The folder on the server with one sub-folder per type. It is checked every few seconds at most,
 * and read again when a file has changed.
 */
final class TypeFolder {

  private static final Logger LOGGER = Logger.getLogger(TypeFolder.class);
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);
  private static final long LARGEST = 256 * 1024;
  private static final Content NOTHING = new Content(Map.of(), Set.of(), List.of());

  /**
   * The content of the folder.
   *
   * @param types those that can be used
   * @param unusable names of those that cannot
   * @param findings why they cannot
   */
  record Content(
      Map<String, AuthorizationDetailsType> types, Set<String> unusable, List<String> findings) {}

  /** The state of a file when it was read. */
  private record Seen(FileTime changed, long size) {}

  private static final ServerState<TypeFolder> OF_THE_SERVER =
      new ServerState<>(() -> new TypeFolder(null));

  private final Path folder;
  private Map<Path, Seen> seen = Map.of();
  private Content content = NOTHING;
  private long looked = System.nanoTime() - INTERVAL;

  /**
   * A folder, which need not exist.
   *
   * @param folder null for none
   */
  TypeFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder of this server; an empty one until {@link #use} says where it is. */
  static TypeFolder ofTheServer() {
    return OF_THE_SERVER.get();
  }

  /** Says where the folder of this server is. */
  static void use(Path path) {
    OF_THE_SERVER.set(new TypeFolder(path));
  }

  /** What is in the folder now; the very same object as long as nothing has changed. */
  synchronized Content content() {
    if (folder != null && System.nanoTime() - looked >= INTERVAL) {
      looked = System.nanoTime();
      try {
        refresh();
      } catch (IOException | RuntimeException e) {
        // The previous types stay in use; somebody may be writing.
        LOGGER.warnf(e, "The folder %s cannot be read", folder);
      }
    }
    return content;
  }

  private void refresh() throws IOException {
    Map<Path, Seen> now = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder, 2, FileVisitOption.FOLLOW_LINKS)) {
        for (Path file : files.filter(this::isPart).toList()) {
          now.put(file, new Seen(Files.getLastModifiedTime(file), Files.size(file)));
        }
      }
    }
    if (!now.equals(seen)) {
      content = read(now);
      seen = now;
    }
  }

  private boolean isPart(Path file) {
    return file.getNameCount() == folder.getNameCount() + 2
        && TypeFiles.isPart(file.getFileName().toString())
        && Files.isRegularFile(file);
  }

  private Content read(Map<Path, Seen> files) throws IOException {
    Map<String, Map<String, String>> texts = new TreeMap<>();
    for (Map.Entry<Path, Seen> file : files.entrySet()) {
      if (file.getValue().size() > LARGEST) {
        throw new IOException(file.getKey() + " is larger than " + LARGEST + " bytes");
      }
      texts
          .computeIfAbsent(file.getKey().getParent().getFileName().toString(), n -> new HashMap<>())
          .put(file.getKey().getFileName().toString(), Files.readString(file.getKey()));
    }
    Map<String, AuthorizationDetailsType> types = new TreeMap<>();
    Set<String> unusable = new TreeSet<>();
    List<String> findings = new ArrayList<>();
    texts.forEach(
        (name, parts) -> {
          try {
            AuthorizationDetailsType type = TypeFiles.read(name, parts);
            types.put(type.id(), type);
          } catch (IllegalArgumentException e) {
            unusable.add(name);
            findings.add("folder " + name + ": " + e.getMessage());
            LOGGER.warnf("Type %s in %s: %s", name, folder, e.getMessage());
          }
        });
    return new Content(types, unusable, List.copyOf(findings));
  }
}
