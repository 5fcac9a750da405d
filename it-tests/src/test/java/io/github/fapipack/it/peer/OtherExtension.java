package io.github.fapipack.it.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;

/** A JAR with another extension's providers, compiled with the tested Keycloak. */
public final class OtherExtension {
  private static final String SOURCE = "/other-extension/OtherExtension.java";

  private static final Map<String, String> SERVICES =
      Map.of(
          "org.keycloak.services.resource.RealmResourceProviderFactory",
          "org.example.OtherExtension$Careless\norg.example.OtherExtension$Exempt\n",
          "org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory",
          "org.example.OtherExtension$Admin\n",
          "org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory",
          "org.example.OtherExtension$Credulous\n");

  private OtherExtension() {}

  /** Compiles it into a folder and returns the JAR. */
  public static Path jar(Path folder, Path distribution) {
    try {
      Path classes = Files.createDirectories(folder.resolve("classes"));
      Path source = folder.resolve("OtherExtension.java");
      try (InputStream text = OtherExtension.class.getResourceAsStream(SOURCE)) {
        Files.write(source, text.readAllBytes());
      }
      List<String> arguments =
          List.of(
              "-nowarn",
              "-proc:none",
              "--release",
              "17",
              "-cp",
              classPath(folder, distribution),
              "-d",
              classes.toString(),
              source.toString());
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      if (status != 0) {
        throw new IllegalStateException("the extension does not compile");
      }
      return packed(classes, folder.resolve("other-extension.jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath(Path folder, Path distribution) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (ZipFile zip = new ZipFile(distribution.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (name.matches("(org\\.keycloak\\.keycloak-(core|s).*|jakarta\\.ws\\.rs.*)\\.jar")) {
          Path jar = folder.resolve(name);
          Files.write(jar, zip.getInputStream(entry).readAllBytes());
          jars.add(jar);
        }
      }
    }
    return jars.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private static Path packed(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
      for (Map.Entry<String, String> service : SERVICES.entrySet()) {
        out.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
        out.write(service.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}
