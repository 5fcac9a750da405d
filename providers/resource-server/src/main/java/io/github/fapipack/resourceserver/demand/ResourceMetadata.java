package io.github.fapipack.resourceserver.demand;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a resource server says of itself (RFC 9728 2). Immutable. */
public final class ResourceMetadata {
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  private final URI resource;
  private final Map<String, Object> members;

  private ResourceMetadata(URI resource, Map<String, Object> members) {
    this.resource = resource;
    this.members = members;
  }

  /**
   * A resource server that takes tokens in the field Authorization, and nowhere else.
   *
   * @param resource its identifier, an https address without fragment
   * @param issuer the authorization server
   * @throws IllegalArgumentException if the identifier is no such address
   */
  public static ResourceMetadata of(String resource, String issuer) {
    URI address = URI.create(resource);
    if (address.getHost() == null || address.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the resource must be an https address without fragment, such as https://api.example");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("resource", resource);
    members.put("authorization_servers", List.of(issuer));
    members.put("bearer_methods_supported", List.of("header"));
    return new ResourceMetadata(address, members);
  }

  /** The same, with the scopes that clients may need. */
  public ResourceMetadata scopes(String... scopes) {
    return with("scopes_supported", List.of(scopes));
  }

  /** The same, with the types of authorization details that its operations need. */
  public ResourceMetadata detailTypes(Collection<String> types) {
    return with("authorization_details_types_supported", List.copyOf(types));
  }

  /** The same, for tokens that are bound to a certificate (RFC 8705). */
  public ResourceMetadata certificateBound(boolean supported) {
    return with("tls_client_certificate_bound_access_tokens", supported);
  }

  /**
   * The same, for tokens that are bound to a key (RFC 9449).
   *
   * @param algorithms with which proofs may be signed
   * @param required whether every token must be bound so
   */
  public ResourceMetadata dpop(Collection<String> algorithms, boolean required) {
    return with("dpop_signing_alg_values_supported", List.copyOf(algorithms))
        .with("dpop_bound_access_tokens_required", required);
  }

  /**
   * The same, for a server that signs its responses.
   *
   * @param algorithms with which it does
   * @param keys the address of its public keys
   */
  public ResourceMetadata signing(Collection<String> algorithms, URI keys) {
    return with("resource_signing_alg_values_supported", List.copyOf(algorithms))
        .with("jwks_uri", keys.toString());
  }

  /** The same, with a name for people. */
  public ResourceMetadata named(String name) {
    return with("resource_name", name);
  }

  /**
   * The same, with any member.
   *
   * @param value parsed JSON: maps, lists, strings, numbers, booleans
   */
  public ResourceMetadata with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new ResourceMetadata(resource, more);
  }

  /** The members. */
  public Map<String, Object> members() {
    return new LinkedHashMap<>(members);
  }

  /** The document. */
  public String json() {
    return JSONObjectUtils.toJSONString(members);
  }

  /** The path of the document: the well-known part stands before the path of the resource. */
  public String path() {
    String own = resource.getRawPath();
    return own == null || own.equals("/") ? WELL_KNOWN : WELL_KNOWN + own;
  }

  /** The address of the document (RFC 9728 3.1). */
  public String address() {
    String query = resource.getRawQuery();
    return resource.getScheme()
        + "://"
        + resource.getRawAuthority()
        + path()
        + (query == null ? "" : '?' + query);
  }
}
