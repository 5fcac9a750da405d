package io.github.fapipack.template;

import io.github.fapipack.keycloak.ServerState;
import io.github.fapipack.keycloak.WatchedFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The folder on the server with one JSON file per scheme, named after the template's id. */
public final class TemplateFolder {

  private static final String END = ".json";

  private static final ServerState<WatchedFolder<Map<String, String>>> OF_THE_SERVER =
      new ServerState<>(() -> at(null));

  private TemplateFolder() {}

  /** Says where the folder of this server is. */
  public static void use(Path path) {
    OF_THE_SERVER.set(at(path));
  }

  /** The files by the id in their name; the very same object as long as nothing has changed. */
  static Map<String, String> content() {
    return OF_THE_SERVER.get().content();
  }

  private static WatchedFolder<Map<String, String>> at(Path path) {
    return new WatchedFolder<>(
        path,
        1,
        name -> name.endsWith(END),
        files ->
            files.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        file -> id(file.getKey()),
                        Map.Entry::getValue,
                        (a, b) -> b,
                        TreeMap::new)));
  }

  private static String id(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - END.length());
  }
}
