package io.github.fapipack.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/** The profiles that can be applied: the realm files that the build has packed into our JAR. */
public final class ProfileFiles {

  private static final String DEFAULT = "fapi2-security-profile";

  private static final String FOLDER = "fapi-profiles/";
  private static final String ENDING = ".json";

  private static final Map<String, ProfileFile> FILES = load();
  private static final Map<String, ProfileFile> OF_BANKS = loaded(false);
  private static final Map<String, ProfileFile> OF_DIRECTORIES = loaded(true);

  private ProfileFiles() {}

  /** Those that a realm can have, by name: a scheme's directory has one of its own. */
  public static Map<String, ProfileFile> of(RealmModel realm) {
    String scheme = realm.getAttribute(ProfileFile.DIRECTORY);
    return scheme == null || scheme.isBlank() ? OF_BANKS : OF_DIRECTORIES;
  }

  /** The profile to use if a request names none. */
  public static ProfileFile recommended(RealmModel realm) {
    Map<String, ProfileFile> possible = of(realm);
    return possible.getOrDefault(DEFAULT, possible.values().iterator().next());
  }

  private static Map<String, ProfileFile> loaded(boolean ofDirectory) {
    Map<String, ProfileFile> found = new TreeMap<>(FILES);
    found.values().removeIf(profile -> profile.isOfDirectory() != ofDirectory);
    return Collections.unmodifiableMap(found);
  }

  /** All files next to the default one, so that a new profile needs no change in the code. */
  private static Map<String, ProfileFile> load() {
    URL known = ProfileFiles.class.getClassLoader().getResource(FOLDER + DEFAULT + ENDING);
    Map<String, ProfileFile> found = new TreeMap<>();
    try {
      URLConnection connection = known.openConnection();
      if (connection instanceof JarURLConnection jar) {
        jar.setUseCaches(false);
        try (Stream<String> names = jar.getJarFile().stream().map(entry -> entry.getName())) {
          names
              .filter(name -> name.startsWith(FOLDER) && name.endsWith(ENDING))
              .forEach(name -> add(found, name.substring(FOLDER.length())));
        }
        jar.getJarFile().close();
      } else {
        try (Stream<Path> files = Files.list(Path.of(URI.create(known.toString())).getParent())) {
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(ENDING))
              .forEach(name -> add(found, name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The profiles cannot be read from our own JAR", e);
    }
    return Collections.unmodifiableMap(found);
  }

  private static void add(Map<String, ProfileFile> found, String file) {
    String name = file.substring(0, file.length() - ENDING.length());
    try (InputStream in = ProfileFiles.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
      found.put(name, new ProfileFile(name, JsonSerialization.mapper.readTree(in)));
    } catch (IOException e) {
      throw new UncheckedIOException("The profile " + name + " cannot be read", e);
    }
  }
}
