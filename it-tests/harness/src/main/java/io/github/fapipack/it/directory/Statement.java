package io.github.fapipack.it.directory;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.jose.JwtDraft;
import io.github.fapipack.it.jose.JwtSignature;
import java.util.LinkedHashMap;
import java.util.Map;

/** A software statement (RFC 7591 2.3); everything in it can be changed before it is signed. */
public final class Statement extends JwtDraft<Statement> {
  private final StringBuilder duplicates = new StringBuilder();
  private String original;
  private String unchanged;

  Statement(JWK key, Map<String, Object> members) {
    super(key);
    typ("JWT");
    without("jti"); // not every ecosystem has one
    members.forEach(this::claim);
  }

  /**
   * The statement that the box has signed. It stays as it is until it is changed.
   *
   * @param key the key of the box, for changed ones
   */
  static Statement of(String signed, JWK key) {
    String[] parts = signed.split("\\.");
    Statement statement = new Statement(key, members(parts[1]));
    Map<String, Object> header = members(parts[0]);
    header.forEach(statement::header);
    if (header.get("kid").equals(key.getKeyID())) {
      statement.original = signed;
      statement.unchanged = statement.content();
    } else {
      statement.key(key); // of a directory that is not the box
    }
    return statement;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(String part) {
    return (Map<String, Object>) Json.value(Json.parse(new Base64URL(part).decodeToString()));
  }

  private String content() {
    return headerText() + claimsText() + key();
  }

  /** The members, as they are now. */
  public Map<String, Object> members() {
    return claims();
  }

  /** Sets a member to any value; null leaves it out. */
  public Statement with(String member, Object value) {
    return claim(member, value);
  }

  /** Writes a member once more at the end, as the given JSON text. */
  public Statement twice(String member, String json) {
    duplicates.append(",\"").append(member).append("\":").append(json);
    return this;
  }

  /** Signs with another key under the kid of the directory's key. */
  public Statement forgedBy(JWK stranger) {
    String kid = key().getKeyID();
    return key(stranger).header("kid", kid);
  }

  /** The signed statement as payload of another JWS of the same key. */
  public String nested() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", JwtSignature.naturalAlgorithm(key()));
    header.put("kid", key().getKeyID());
    header.put("cty", "JWT");
    String input =
        Base64URL.encode(JSONObjectUtils.toJSONString(header)) + "." + Base64URL.encode(sign());
    return input + "." + JwtSignature.of(input, key(), (String) header.get("alg"));
  }

  @Override
  public Statement key(JWK key) {
    return super.key(key).header("kid", key.getKeyID());
  }

  @Override
  public String sign() {
    return content().equals(unchanged) ? original : super.sign();
  }

  @Override
  protected String claimsText() {
    String members = super.claimsText();
    return members.substring(0, members.length() - 1) + duplicates + "}";
  }

  @Override
  protected Statement self() {
    return this;
  }
}
