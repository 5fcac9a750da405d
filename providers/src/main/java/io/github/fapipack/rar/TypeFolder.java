package io.github.fapipack.rar;

import io.github.fapipack.keycloak.ServerState;
import io.github.fapipack.keycloak.WatchedFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** The folder on the server with one sub-folder per type. */
final class TypeFolder {

  private static final Logger LOGGER = Logger.getLogger(TypeFolder.class);

  /**
   * The content of the folder.
   *
   * @param types those that can be used
   * @param unusable names of those that cannot
   * @param findings why they cannot
   */
  record Content(
      Map<String, AuthorizationDetailsType> types, Set<String> unusable, List<String> findings) {}

  private static final ServerState<WatchedFolder<Content>> OF_THE_SERVER =
      new ServerState<>(() -> at(null));

  private TypeFolder() {}

  /** Says where the folder of this server is. */
  static void use(Path path) {
    OF_THE_SERVER.set(at(path));
  }

  /**
   * What is in the folder of this server now; the very same object as long as nothing has changed.
   * Empty until {@link #use} says where it is.
   */
  static Content content() {
    return OF_THE_SERVER.get().content();
  }

  private static WatchedFolder<Content> at(Path path) {
    return new WatchedFolder<>(path, 2, TypeFiles::isPart, TypeFolder::read);
  }

  private static Content read(Map<Path, String> files) {
    Map<String, Map<String, String>> texts = new TreeMap<>();
    files.forEach(
        (file, text) ->
            texts
                .computeIfAbsent(file.getParent().getFileName().toString(), name -> new HashMap<>())
                .put(file.getFileName().toString(), text));
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
            LOGGER.warnf("Type %s in the folder of the server: %s", name, e.getMessage());
          }
        });
    return new Content(types, unusable, List.copyOf(findings));
  }
}
