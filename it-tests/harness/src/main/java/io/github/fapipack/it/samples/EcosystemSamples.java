package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.ecosystem.EcosystemRealm;
import io.github.fapipack.it.server.KeycloakServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples of an ecosystem's realm: clients of third parties with the scopes of the ecosystem,
 * and a consent for each of them at the stand-in for the bank's consent service.
 */
public record EcosystemSamples(KeycloakServer server, ConsentServiceStub bank) {
  private static final String ORGANISATION = "sample-bank";

  /** Tells the realm where the consent service is, and which id the bank has in the directory. */
  public void connect(EcosystemRealm ecosystem) {
    ObjectNode realm = server.admin().realm(ecosystem.name());
    ObjectNode attributes = realm.withObject("/attributes");
    bank.realmAttributes().forEach(attributes::put);
    attributes.put("fapi.organisation-id", ORGANISATION);
    server.admin().updateRealm(ecosystem.name(), realm);
  }

  /** A user with accounts and, if the realm knows them, numbers of a person and of a company. */
  public static ObjectNode user(EcosystemRealm ecosystem, String username, String password) {
    ObjectNode user = SampleUser.json(username, password);
    JsonNode claims = ecosystem.profile().path("claims");
    if (claims.path("cpf").has("attribute")) {
      user.withObject("/attributes").putArray("cpf").add("76109277673");
      user.withObject("/attributes").putArray("cnpj").add("11222333000181");
    }
    return user;
  }

  /** Registers the clients, and returns the folders of their files. */
  public List<Path> create(
      SampleClients clients, EcosystemRealm ecosystem, String username, String password) {
    return List.of(
        create(clients, ecosystem, SampleClients.PRIVATE_KEY_JWT, username, password),
        create(clients, ecosystem, SampleClients.MTLS, username, password));
  }

  private Path create(
      SampleClients clients,
      EcosystemRealm ecosystem,
      String clientId,
      String username,
      String password) {
    ClientKeys signing = ClientKeys.of(ClientKeys.ps256(), ClientKeys.es256());
    LodgedConsent consent =
        bank.lodge(ConsentDraft.forAccounts(clientId).id(ecosystem.carrier().newId()));
    return clients.create(
        ecosystem.name(),
        clientId,
        username,
        password,
        ecosystem.encryptsIdTokens() ? withEncryptionKey(signing) : signing,
        client -> register(client, ecosystem),
        description ->
            description
                .put("ecosystem", ecosystem.profile().path("id").textValue())
                .put("algorithm", "PS256")
                .put("consent", consent.id())
                .put("consents", bank.lodgingAddress().toString()));
  }

  private static void register(ObjectNode client, EcosystemRealm ecosystem) {
    client.put("implicitFlowEnabled", ecosystem.isHybrid());
    client.putArray("defaultClientScopes").add("basic").add("acr");
    ArrayNode optional = client.putArray("optionalClientScopes");
    ecosystem.scopes().forEach(optional::add);
    if (ecosystem.encryptsIdTokens()) {
      client
          .withObject("/attributes")
          .put("id.token.encrypted.response.alg", "RSA-OAEP")
          .put("id.token.encrypted.response.enc", "A256GCM");
    }
  }

  private static ClientKeys withEncryptionKey(ClientKeys signing) {
    List<JWK> keys = new ArrayList<>(signing.set().getKeys());
    keys.add(
        new RSAKey.Builder((RSAKey) ClientKeys.ps256())
            .keyUse(KeyUse.ENCRYPTION)
            .algorithm(JWEAlgorithm.RSA_OAEP)
            .build());
    return ClientKeys.of(keys.toArray(JWK[]::new));
  }
}
