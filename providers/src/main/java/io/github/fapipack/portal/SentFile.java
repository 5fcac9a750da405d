package io.github.fapipack.portal;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jboss.resteasy.reactive.server.multipart.FormValue;

/**
 * A file in a form. Keycloak gives access to the content of files, but not to their names.
 *
 * @param name as it was sent, without folders
 * @param content at most one byte more than is allowed
 */
record SentFile(String name, byte[] content) {

  /** The field of every form with a file. */
  static final String FIELD = "file";

  /** 5 MB. */
  static final int LARGEST = 5 * 1024 * 1024;

  /** Reads the form of the current request, with its file. */
  static Sent form() throws IOException {
    FormData data = CurrentRequestManager.get().getFormData();
    MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
    SentFile file = null;
    if (data != null) {
      for (String name : data) {
        for (FormValue value : data.get(name)) {
          if (!value.isFileItem()) {
            values.add(name, value.getValue());
          } else if (name.equals(FIELD)) {
            file = read(value);
          }
        }
      }
    }
    return new Sent(values, file);
  }

  /** A browser sends an empty file without a name if none was chosen. */
  private static SentFile read(FormValue value) throws IOException {
    String name = value.getFileName() == null ? "" : value.getFileName();
    try (InputStream in = value.getFileItem().getInputStream()) {
      byte[] content = in.readNBytes(LARGEST + 1);
      return name.isEmpty() && content.length == 0 ? null : new SentFile(last(name), content);
    }
  }

  private static String last(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
