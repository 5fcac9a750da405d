package io.github.fapipack.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.keycloak.jose.jws.JWSHeader;
import org.keycloak.representations.dpop.DPoP;
import org.keycloak.services.DefaultKeycloakSessionFactory;

/**
 * Something inside Keycloak, or in what Keycloak is built with, that the pack relies on although no
 * interface promises it. A Keycloak that has it otherwise compiles and starts. All of it stands in
 * {@code fapi-pack-hooks.txt} as well; a test holds the list to the code and to the Keycloak that
 * the pack is compiled with, and each start compares it with the Keycloak that runs.
 *
 * @param kind what it is
 * @param type the name of the class
 * @param name the words, or the field; empty for the class itself
 */
public record Reliance(Kind kind, String type, String name) {

  /** What can be relied on. */
  public enum Kind {
    /** Words that a class has in it. */
    TEXT,
    /** A field that is not public. */
    FIELD,
    /** A class that is named in a stack trace. */
    TYPE
  }

  /** All of them. */
  public static List<Reliance> all() {
    return Stream.of(
            Arrays.stream(KeycloakText.values())
                .map(text -> new Reliance(Kind.TEXT, text.source().getName(), text.text())),
            FormReaders.NAMES.stream().map(name -> new Reliance(Kind.TYPE, name, "")),
            Stream.of(
                new Reliance(
                    Kind.FIELD,
                    DefaultKeycloakSessionFactory.class.getName(),
                    ProviderFactories.TABLE),
                // What mix-ins of the pack annotate, by the names of the fields.
                new Reliance(Kind.FIELD, JWSHeader.class.getName(), "algorithm"),
                new Reliance(Kind.FIELD, DPoP.class.getName(), "httpUri")))
        .flatMap(each -> each)
        .toList();
  }

  /**
   * Whether the class has it, as far as its bytes tell. A field is there if its name is: looking
   * further would load the class.
   */
  public boolean holds() {
    try (InputStream file =
        Reliance.class.getResourceAsStream("/" + type.replace('.', '/') + ".class")) {
      return file != null
          && new String(file.readAllBytes(), StandardCharsets.ISO_8859_1).contains(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a line of the list. */
  @Override
  public String toString() {
    return (kind.name().toLowerCase(Locale.ROOT) + " " + type + " " + name).strip();
  }
}
