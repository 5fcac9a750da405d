package io.github.fapipack.rar;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a type, in the member {@code x-fapi} of its schema.
 *
 * @param type the value of {@code type}, if it differs from the name of the folder
 * @param clientCredentials whether a client may use it without a user
 * @param choose what the user picks from own values, if anything
 * @param divisible whether the user may refuse one object and approve others
 * @param expires the date or date-time after which an object is over, if it has one
 * @param once present for objects that are carried out once and are over then
 * @param narrow how members may become less; every other member must stay equal
 * @param acr what is demanded of the login in which an object is approved
 * @param opaque members for others than the authorization server, such as encrypted texts: no page
 *     shows them
 */
public record TypeSettings(
    Optional<String> type,
    boolean clientCredentials,
    Optional<Choice> choose,
    boolean divisible,
    Optional<JsonPointer> expires,
    Optional<Once> once,
    Map<JsonPointer, Comparison> narrow,
    List<AcrDemands.Demand> acr,
    List<JsonPointer> opaque) {

  /** The settings of a type whose schema has none. */
  static final TypeSettings NONE =
      new TypeSettings(
          Optional.empty(),
          false,
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          List.of(),
          List.of());

  static final String MEMBER = "x-fapi";

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build()
          .readerFor(Written.class);

  /** The JSON form in the schema. */
  private record Written(
      @JsonProperty("type") String type,
      @JsonProperty("clientCredentials") boolean clientCredentials,
      @JsonProperty("choose") WrittenChoice choose,
      @JsonProperty("divisible") boolean divisible,
      @JsonProperty("expires") String expires,
      @JsonProperty("once") WrittenOnce once,
      @JsonProperty("narrow") Map<String, String> narrow,
      @JsonProperty("acr") List<WrittenDemand> acr,
      @JsonProperty("opaque") List<String> opaque) {}

  private record WrittenChoice(
      @JsonProperty("member") String member,
      @JsonProperty("userAttribute") String userAttribute,
      @JsonProperty("many") boolean many,
      @JsonProperty("names") String names) {}

  private record WrittenDemand(
      @JsonProperty("values") List<String> values, @JsonProperty("above") WrittenLimit above) {

    AcrDemands.Demand read() {
      return new AcrDemands.Demand(
          values == null ? List.of() : values, Optional.ofNullable(above).map(WrittenLimit::read));
    }
  }

  private record WrittenLimit(
      @JsonProperty("amount") String amount,
      @JsonProperty("currency") String currency,
      @JsonProperty("limits") Map<String, BigDecimal> limits) {

    AcrDemands.Above read() {
      if (amount == null || currency == null || limits == null) {
        throw new IllegalArgumentException(MEMBER + ".acr.above needs amount, currency and limits");
      }
      return new AcrDemands.Above(
          JsonPointer.compile(amount), JsonPointer.compile(currency), limits);
    }
  }

  private record WrittenOnce(@JsonProperty("date") String date) {}

  /**
   * An object of the type is carried out once, such as a payment.
   *
   * @param date the date or date-time of execution, if the type has one
   */
  public record Once(Optional<JsonPointer> date) {}

  public TypeSettings {
    narrow = Map.copyOf(narrow);
    acr = List.copyOf(acr);
    opaque = List.copyOf(opaque);
  }

  /** An object without its opaque members, for people. */
  public ObjectNode shown(ObjectNode detail) {
    ObjectNode shown = detail.deepCopy();
    for (JsonPointer member : opaque) {
      if (shown.at(member.head()) instanceof ObjectNode parent) {
        parent.remove(member.last().getMatchingProperty());
      }
    }
    return shown;
  }

  /**
   * Parses the settings; defaults apply to a schema without them.
   *
   * @throws IllegalArgumentException if they contain anything else
   */
  static TypeSettings of(JsonNode schema) {
    JsonNode member = schema.path(MEMBER);
    if (member.isMissingNode()) {
      return NONE;
    }
    Written written;
    try {
      written = READER.readValue(member);
    } catch (IOException e) {
      throw new IllegalArgumentException(MEMBER + " has an unknown member or one of a wrong type");
    }
    Map<JsonPointer, Comparison> narrow = new LinkedHashMap<>();
    if (written.narrow() != null) {
      written
          .narrow()
          .forEach((where, how) -> narrow.put(JsonPointer.compile(where), Comparison.of(how)));
    }
    return new TypeSettings(
        Optional.ofNullable(written.type()),
        written.clientCredentials(),
        Optional.ofNullable(written.choose())
            .map(
                choice ->
                    new Choice(
                        pointer("choose.member", choice.member()),
                        choice.userAttribute(),
                        choice.many(),
                        choice.names())),
        written.divisible(),
        Optional.ofNullable(written.expires()).map(JsonPointer::compile),
        Optional.ofNullable(written.once())
            .map(once -> new Once(Optional.ofNullable(once.date()).map(JsonPointer::compile))),
        narrow,
        written.acr() == null
            ? List.of()
            : written.acr().stream().map(WrittenDemand::read).toList(),
        opaque(written));
  }

  private static List<JsonPointer> opaque(Written written) {
    return written.opaque() == null
        ? List.of()
        : written.opaque().stream().map(text -> pointer("opaque", text)).toList();
  }

  private static JsonPointer pointer(String setting, String text) {
    JsonPointer pointer = JsonPointer.compile(text);
    if (pointer.matches()) {
      throw new IllegalArgumentException(MEMBER + "." + setting + " must be a JSON Pointer");
    }
    return pointer;
  }
}
