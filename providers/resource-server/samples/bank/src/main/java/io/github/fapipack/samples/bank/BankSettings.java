package io.github.fapipack.samples.bank;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the API is told by its configuration file.
 *
 * <pre>{@code
 * {
 *   "host": "localhost",
 *   "port": 8444,
 *   "tls": {
 *     "certificate": "server.pem", "key": "server-key.pem",
 *     "clientAuthority": "client-ca.pem", "issuerAuthority": "ca.pem"
 *   },
 *   "accounts": ["DE75512108001245126199"],
 *   "realms": [ ... ]
 * }
 * }</pre>
 *
 * <p>Files that it names are relative to it.
 */
record BankSettings(
    String host, int port, Tls tls, List<String> accounts, List<RealmSettings> realms) {

  BankSettings {
    accounts = List.copyOf(accounts);
    realms = List.copyOf(realms);
  }

  /** Scheme, host and port by which callers know this server. */
  String origin() {
    return "https://" + host + ":" + port;
  }

  static BankSettings read(Path file) throws IOException {
    try {
      Map<String, Object> json = JSONObjectUtils.parse(Files.readString(file));
      Path folder = file.toAbsolutePath().getParent();
      List<RealmSettings> realms = new ArrayList<>();
      for (Map<String, Object> realm : JSONObjectUtils.getJSONObjectArray(json, "realms")) {
        realms.add(RealmSettings.of(realm, folder));
      }
      return new BankSettings(
          JSONObjectUtils.getString(json, "host"),
          JSONObjectUtils.getInt(json, "port"),
          Tls.of(JSONObjectUtils.getJSONObject(json, "tls"), folder),
          JSONObjectUtils.getStringList(json, "accounts"),
          realms);
    } catch (ParseException e) {
      throw new IOException(file + " is no configuration of this API: " + e.getMessage(), e);
    }
  }
}
