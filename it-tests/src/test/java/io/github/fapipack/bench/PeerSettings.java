package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.samples.SampleClients;
import io.github.fapipack.it.server.FreePort;
import io.github.fapipack.it.testing.TestKeys;
import java.nio.file.Path;
import java.util.UUID;

/** What {@link PeerProgram} reads when it starts: its address, its keys and all of its clients. */
final class PeerSettings {
  private static final String RESOURCE = "https://api.example.org";

  private final int port = FreePort.find();
  private final Pki pki = Pki.create();
  private final String issuer = "https://" + pki.host() + ":" + port;
  private final String password = UUID.randomUUID().toString();
  private final ObjectNode json = Json.object();

  PeerSettings(Contender contender) {
    json.put("issuer", issuer).put("port", port).put("password", password);
    ClientKeys keys = ClientKeys.of(ClientKeys.ps256(), ClientKeys.es256());
    json.set("jwks", Json.parse(keys.set().toString(false)));
    if (contender == Contender.PEER) {
      json.put("resource", RESOURCE);
    }
  }

  int port() {
    return port;
  }

  /** Of every user; any name is one. */
  String password() {
    return password;
  }

  /** Makes a client that uses this algorithm for everything. */
  FapiClient client(String algorithm, String id) {
    ClientKeys keys = TestKeys.create();
    ObjectNode registration =
        json.withArray("/clients")
            .addObject()
            .put("client_id", id)
            .put("id_token_signed_response_alg", algorithm)
            .put("token_endpoint_auth_signing_alg", algorithm);
    registration.set("jwks", Json.parse(keys.publicJwks()));
    registration.putArray("redirect_uris").add(SampleClients.REDIRECT_URI);
    return FapiClient.of(issuer)
        .clientId(id)
        .privateKeyJwt(keys)
        .algorithm(algorithm)
        .redirectUri(SampleClients.REDIRECT_URI)
        .tls(pki, null)
        .build();
  }

  /** Writes certificates and settings into a folder, and returns the file of the settings. */
  Path writeTo(Path folder) {
    PkiFiles files = pki.writeTo(folder.resolve("pki"));
    json.put("key", files.serverKey().toString());
    json.put("certificate", files.server().toString());
    Path settings = folder.resolve("settings.json");
    OwnerOnly.write(settings, Json.text(json));
    return settings;
  }
}
