package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A claim that a request may ask for in the parameter {@code claims} (OpenID Connect Core 5.5). Its
 * value comes from an attribute or a property of the user, or is the id of the consent.
 *
 * @param attribute the user's attribute, or null
 * @param property a property that every user has, or null
 * @param consent whether the value is the id of the consent that the request names
 * @param type what the claim is in tokens
 * @param format what each value must match as a whole, or null for any text
 * @param scopes scopes of which the user must have granted one; with none, each client may ask
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ClaimRule(
    String attribute,
    Property property,
    boolean consent,
    Type type,
    Pattern format,
    List<String> scopes) {

  public ClaimRule {
    type = type == null ? Type.STRING : type;
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
    if (consent && type != Type.STRING) {
      throw new IllegalArgumentException("a claim with the id of the consent must be a string");
    }
  }

  /** Whether a text can be a value of the claim. */
  public boolean fits(String value) {
    return format == null || format.matcher(value).matches();
  }

  /** What a claim is in tokens. */
  public enum Type {
    @JsonProperty("string")
    STRING,

    /** A list of strings. */
    @JsonProperty("array")
    ARRAY,

    @JsonProperty("boolean")
    BOOLEAN
  }

  /** A property that every user has. */
  public enum Property {
    @JsonProperty("username")
    USERNAME,

    @JsonProperty("email")
    EMAIL,

    @JsonProperty("email_verified")
    EMAIL_VERIFIED,

    @JsonProperty("first_name")
    FIRST_NAME,

    @JsonProperty("last_name")
    LAST_NAME
  }
}
