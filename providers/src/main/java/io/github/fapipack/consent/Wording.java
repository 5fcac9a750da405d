package io.github.fapipack.consent;

import freemarker.template.SimpleScalar;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats texts, amounts, dates and account numbers in the user's language. A value that does not
 * have the expected format is shown unchanged.
 *
 * <p>Keycloak's own {@code msg} is not used for values of clients: it resolves {@code ${…}} in its
 * arguments as message keys, so a client could insert messages of the pack.
 */
public final class Wording {

  private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,9})?");
  private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");

  private static final int MAX_NAME = 60;

  private static final Pattern LENGTH = Pattern.compile("P([1-9][0-9]{0,3})([DWMY])");

  /** The key of the numbering system in a locale (Unicode UTS 35). */
  private static final String DIGITS = "nu";

  private final Properties messages;
  private final Locale locale;
  private final Map<String, String> names;

  /**
   * @param messages in the format of {@link MessageFormat}
   * @param locale the user's locale
   */
  public Wording(Properties messages, Locale locale) {
    this(messages, withDigits(locale), Map.of());
  }

  private Wording(Properties messages, Locale locale, Map<String, String> names) {
    this.messages = messages;
    this.locale = locale;
    this.names = names;
  }

  /**
   * The locale with Latin digits, because account numbers have no others and one page should use
   * one kind of digits; a numbering system that the locale itself names ({@code ar-u-nu-arab}) is
   * kept.
   */
  private static Locale withDigits(Locale locale) {
    return locale.getUnicodeLocaleType(DIGITS) != null
        ? locale
        : new Locale.Builder().setLocale(locale).setUnicodeLocaleKeyword(DIGITS, "latn").build();
  }

  /** A copy with display names for account numbers and the like. */
  public Wording withNames(Map<String, String> own) {
    return new Wording(messages, locale, own);
  }

  /** A copy with further messages, which take precedence. */
  public Wording with(Properties further) {
    Properties both = new Properties();
    both.putAll(messages);
    both.putAll(further);
    return new Wording(both, locale, names);
  }

  /** The locale without the added numbering system. */
  public Locale locale() {
    return locale.stripExtensions();
  }

  /** Whether there is a message with that key. */
  public boolean has(String key) {
    return messages.getProperty(key) != null;
  }

  /** A message with values; bidirectional text in a value cannot affect the message. */
  public String text(String key, Object... values) {
    Object[] safe = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      safe[i] = values[i] instanceof String text ? SafeText.within(text) : values[i];
    }
    String pattern = messages.getProperty(key, key.replace("'", "''").replace("{", "'{'"));
    return new MessageFormat(pattern, locale).format(safe);
  }

  /** The message for one value of an enumeration, or the value itself if there is none. */
  public String label(String prefix, String value) {
    return has(prefix + value) ? text(prefix + value) : SafeText.of(value);
  }

  /** An amount of money, with all digits that were sent. */
  public String money(String amount, String currency) {
    if (!AMOUNT.matcher(amount).matches()) {
      return SafeText.of(amount + " " + currency);
    }
    try {
      Currency known = Currency.getInstance(currency);
      BigDecimal value = new BigDecimal(amount);
      NumberFormat format = NumberFormat.getCurrencyInstance(locale);
      format.setCurrency(known);
      format.setMinimumFractionDigits(Math.max(0, known.getDefaultFractionDigits()));
      format.setMaximumFractionDigits(
          Math.max(Math.max(0, known.getDefaultFractionDigits()), value.scale()));
      return format.format(value);
    } catch (IllegalArgumentException unknownCurrency) {
      return SafeText.of(amount + " " + currency);
    }
  }

  /** A date, or a date and time in the offset that was sent. */
  public String date(String text) {
    try {
      if (text.indexOf('T') < 0) {
        return day().format(LocalDate.parse(text));
      }
      OffsetDateTime moment = OffsetDateTime.parse(text);
      return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
              .localizedBy(locale)
              .format(moment)
          + " (UTC"
          + (moment.getOffset().getTotalSeconds() == 0 ? "" : moment.getOffset())
          + ")";
    } catch (DateTimeException notADate) {
      return SafeText.of(text);
    }
  }

  /** The date of a moment in seconds since the epoch, in the server's time zone. */
  public String day(long seconds) {
    return day().format(Instant.ofEpochSecond(seconds).atZone(ZoneId.systemDefault()));
  }

  /** A duration such as P90D in ordinary words; empty if it cannot be expressed. */
  public String length(String duration) {
    Matcher simple = LENGTH.matcher(duration);
    return simple.matches()
        ? text("fapi.length." + simple.group(2), Integer.valueOf(simple.group(1)))
        : "";
  }

  private DateTimeFormatter day() {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).localizedBy(locale);
  }

  /** An account number; an IBAN is written in groups of four. */
  public static String account(String number) {
    return IBAN.matcher(number).matches()
        ? number.replaceAll("(.{4})(?=.)", "$1 ")
        : SafeText.of(number);
  }

  /** An account number with the user's display name for it, if there is one. */
  public String named(String number) {
    String name = names.get(number);
    return name == null
        ? account(number)
        : account(number) + " \u2013 " + SafeText.within(SafeText.of(name, MAX_NAME));
  }

  /** These functions for a template. */
  public Map<String, TemplateModel> functions() {
    Map<String, TemplateModel> functions = new LinkedHashMap<>();
    functions.put("text", new Texts());
    functions.put("label", method(2, 2, values -> label(string(values, 0), string(values, 1))));
    functions.put("money", method(2, 2, values -> money(string(values, 0), string(values, 1))));
    functions.put("date", method(1, 1, values -> date(string(values, 0))));
    functions.put("account", method(1, 1, values -> named(string(values, 0))));
    functions.put("has", method(1, 1, values -> has(string(values, 0)) ? "true" : ""));
    return functions;
  }

  private String text(List<?> values) throws TemplateModelException {
    Object[] rest = new Object[values.size() - 1];
    for (int i = 0; i < rest.length; i++) {
      rest[i] =
          values.get(i + 1) instanceof TemplateNumberModel number
              ? number.getAsNumber()
              : string(values, i + 1);
    }
    return text(string(values, 0), rest);
  }

  /** {@code text['key']} and, with something to put in, {@code text("key", value)}. */
  private final class Texts implements TemplateHashModel, TemplateMethodModelEx {
    @Override
    public TemplateModel get(String key) {
      return has(key) ? new SimpleScalar(text(key)) : null;
    }

    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature in FreeMarker
    public Object exec(List values) throws TemplateModelException {
      return method(1, 9, Wording.this::text).exec(values);
    }
  }

  private interface Function {
    String apply(List<?> values) throws TemplateModelException;
  }

  private static TemplateMethodModelEx method(int least, int most, Function function) {
    return values -> {
      if (values.size() < least || values.size() > most) {
        throw new TemplateModelException("takes " + least + " to " + most + " values");
      }
      return function.apply(values);
    };
  }

  private static String string(List<?> values, int index) throws TemplateModelException {
    Object value = values.get(index);
    if (value instanceof ClientText text) {
      return text.original();
    }
    if (value instanceof TemplateScalarModel scalar && scalar.getAsString() != null) {
      return scalar.getAsString();
    }
    if (value instanceof TemplateHashModel || value == null) {
      throw new TemplateModelException("is not a text");
    }
    return value.toString();
  }
}
