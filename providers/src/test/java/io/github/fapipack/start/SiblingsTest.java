package io.github.fapipack.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;

/**
 * Everything of this Keycloak that stands beside something that the pack replaces or hears of has
 * been judged by somebody: each provider of such an SPI, each event of client policies, each
 * endpoint. {@code siblings.txt} has a line for each: kind, name, and what was found.
 */
class SiblingsTest {
  private static final java.nio.file.Path LIST =
      java.nio.file.Path.of("src/test/resources/siblings.txt");

  private static final java.nio.file.Path SERVICES =
      java.nio.file.Path.of("src/main/resources/META-INF/services");

  /** SPIs to which anybody adds anything, and whose providers do not concern each other. */
  private static final List<String> UNRELATED =
      List.of(
          "org.keycloak.authentication.RequiredActionFactory",
          "org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory",
          "org.keycloak.events.EventListenerProviderFactory",
          "org.keycloak.protocol.ProtocolMapper",
          "org.keycloak.provider.Spi",
          "org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory");

  @Test
  void everySiblingIsJudged() throws IOException {
    TreeSet<String> found = new TreeSet<>();
    providers(found);
    Arrays.stream(ClientPolicyEvent.values()).forEach(event -> found.add("event " + event));
    endpoints(found);

    Map<String, String> judged = judged();
    if (System.getProperty("siblings.update") != null) {
      Files.write(
          LIST,
          found.stream()
              .map(name -> (name + " = " + judged.getOrDefault(name, "")).strip())
              .toList());
    }

    assertThat(found.stream().filter(name -> judged.getOrDefault(name, "").isBlank()))
        .as("nobody has judged them yet: say in %s why they are safe", LIST)
        .isEmpty();
    assertThat(judged.keySet()).as("this Keycloak has none of the kind").isSubsetOf(found);
  }

  private static Map<String, String> judged() throws IOException {
    Map<String, String> judged = new TreeMap<>();
    for (String line : Files.exists(LIST) ? Files.readAllLines(LIST) : List.<String>of()) {
      int end = line.indexOf(" =");
      judged.put(line.substring(0, end), line.substring(end + 2).strip());
    }
    return judged;
  }

  private static void providers(Set<String> found) throws IOException {
    List<String> spis;
    try (Stream<java.nio.file.Path> files = Files.list(SERVICES)) {
      spis = files.map(file -> file.getFileName().toString()).toList();
    }
    for (String spi : spis) {
      if (spi.startsWith("org.keycloak.") && !UNRELATED.contains(spi)) {
        for (String type : original(spi)) {
          found.add("provider " + spi.substring(spi.lastIndexOf('.') + 1) + " " + id(type));
        }
      }
    }
  }

  private static List<String> original(String spi) throws IOException {
    List<String> types = new java.util.ArrayList<>();
    for (URL url :
        Collections.list(
            SiblingsTest.class.getClassLoader().getResources("META-INF/services/" + spi))) {
      try (InputStream file = url.openStream()) {
        new String(file.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceAll("#.*", "").strip())
            .filter(line -> line.startsWith("org.keycloak."))
            .forEach(types::add);
      }
    }
    return types;
  }

  /** Its id, or the name of its class where only a whole server can tell. */
  private static String id(String type) {
    try {
      return Class.forName(type)
          .asSubclass(ProviderFactory.class)
          .getDeclaredConstructor()
          .newInstance()
          .getId();
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return type.substring(type.lastIndexOf('.') + 1);
    }
  }

  /** Of the admin interface each class; of all that others may reach, each method. */
  private static void endpoints(Set<String> found) {
    for (JavaClass type : new ClassFileImporter().importPackages("org.keycloak")) {
      if (type.isInterface()) {
        continue;
      }
      for (JavaMethod method : type.getMethods()) {
        String verb = verb(method);
        if (!verb.isEmpty() || method.isAnnotatedWith(Path.class)) {
          found.add(
              type.getPackageName().startsWith("org.keycloak.services.resources.admin")
                  ? "admin " + type.getName().replaceAll(".*\\.", "")
                  : "endpoint "
                      + type.getName().replaceAll(".*\\.", "")
                      + " "
                      + (verb.isEmpty() ? "*" : verb)
                      + " "
                      + method.getName());
        }
      }
    }
  }

  private static String verb(HasAnnotations<?> method) {
    return method.getAnnotations().stream()
        .filter(
            annotation ->
                annotation.getRawType().isMetaAnnotatedWith(HttpMethod.class)
                    || annotation.getRawType().isAnnotatedWith(HttpMethod.class))
        .map(annotation -> annotation.getRawType().getSimpleName())
        .sorted()
        .collect(Collectors.joining(","));
  }
}
