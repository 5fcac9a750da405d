package io.github.fapipack.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleHash;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * The template with which a type shows one of its objects. A realm administrator may provide one,
 * so only a small subset of FreeMarker is allowed: output of the client's values and of texts,
 * conditions, and loops over lists. Nothing else can be called, and the output is sanitized to
 * plain elements.
 */
public final class Fragment {

  private static final int MAX_LENGTH = 20_000;
  private static final int MAX_OUTPUT = 400_000;

  private static final Set<String> DIRECTIVES = Set.of("if", "elseif", "else", "list", "sep");
  private static final Set<String> BUILT_INS =
      Set.of(
          "has_content",
          "size",
          "then",
          "index",
          "counter",
          "c",
          "is_first",
          "is_last",
          "is_string",
          "is_sequence",
          "is_hash",
          "is_boolean");

  private static final Pattern DIRECTIVE = Pattern.compile("</?#([^\\s>/]*)");
  private static final Pattern BUILT_IN = Pattern.compile("\\?\\s*([A-Za-z_]\\w*)");

  private static final Pattern COMMENT = Pattern.compile("<#--.*?-->", Pattern.DOTALL);

  /**
   * Escapes and comments could hide forbidden parts; ranges, macros, and nested loops over literal
   * lists could run for ever, because reads of literal elements are not counted.
   */
  private static final Pattern FORBIDDEN =
      Pattern.compile("\\\\|</?@|#\\{|\\[#|\\[=|<[#!]-|\\.\\.|(?<![\\w\\])])\\[|(?<!\\$)\\{");

  private static final PolicyFactory PLAIN =
      new HtmlPolicyBuilder()
          .allowElements(
              "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "strong", "em", "bdi", "br")
          .allowWithoutAttributes("span")
          .allowAttributes("class")
          .matching(Pattern.compile("(fapi-[a-z-]+)( fapi-[a-z-]+)*"))
          .globally()
          .allowAttributes("dir")
          .matching(Pattern.compile("auto|ltr|rtl"))
          .globally()
          .toFactory();

  /** The elements allowed on a button. */
  private static final PolicyFactory LINE =
      new HtmlPolicyBuilder().allowElements("bdi").toFactory();

  private static final int LONGEST_LINE = 120;

  private static final Configuration SANDBOX = sandbox();

  private final Template template;

  private Fragment(Template template) {
    this.template = template;
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException if it uses something forbidden or is malformed; the message
   *     says why
   */
  public static Fragment parse(String source) {
    if (source.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters");
    }
    String bare = COMMENT.matcher(source).replaceAll("");
    Matcher forbidden = FORBIDDEN.matcher(bare);
    if (forbidden.find()) {
      throw new IllegalArgumentException("must not have " + forbidden.group());
    }
    demand(DIRECTIVE.matcher(bare), DIRECTIVES);
    demand(BUILT_IN.matcher(bare), BUILT_INS);
    try {
      return new Fragment(new Template("fragment", new StringReader(bare), SANDBOX));
    } catch (IOException e) {
      throw new IllegalArgumentException("is not a template: " + e.getMessage(), e);
    }
  }

  private static void demand(Matcher found, Set<String> allowed) {
    while (found.find()) {
      if (!allowed.contains(found.group(1))) {
        throw new IllegalArgumentException("must not use " + found.group(1));
      }
    }
  }

  /**
   * Renders an object.
   *
   * @return markup of plain elements
   * @throws IllegalArgumentException if the template fails for this object
   */
  public String show(ObjectNode detail, Wording wording) {
    return PLAIN.sanitize(write(detail, wording));
  }

  /**
   * The same on one line, for a button.
   *
   * @throws IllegalArgumentException if the template fails for this object, or the text is too long
   */
  public String line(ObjectNode detail, Wording wording) {
    String line = LINE.sanitize(write(detail, wording)).strip();
    if (line.isEmpty() || line.length() > LONGEST_LINE) {
      throw new IllegalArgumentException("has no line of up to " + LONGEST_LINE + " characters");
    }
    return line;
  }

  private String write(ObjectNode detail, Wording wording) {
    Map<String, TemplateModel> variables = new HashMap<>(wording.functions());
    variables.put("detail", new DetailModel().of(detail));
    StringWriter output =
        new StringWriter() {
          @Override
          public void write(String text) {
            demandRoom(getBuffer().length() + text.length());
            super.write(text);
          }

          @Override
          public void write(char[] text, int offset, int length) {
            demandRoom(getBuffer().length() + length);
            super.write(text, offset, length);
          }
        };
    try {
      template.process(new SimpleHash(variables, SANDBOX.getObjectWrapper()), output);
    } catch (TemplateException | IOException e) {
      throw new IllegalArgumentException("does not work: " + e.getMessage(), e);
    }
    return output.toString();
  }

  private static void demandRoom(int length) {
    if (length > MAX_OUTPUT) {
      throw new IllegalArgumentException("writes more than " + MAX_OUTPUT + " characters");
    }
  }

  private static Configuration sandbox() {
    Configuration sandbox = new Configuration(Configuration.VERSION_2_3_32);
    sandbox.setOutputFormat(HTMLOutputFormat.INSTANCE);
    sandbox.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    sandbox.setTagSyntax(Configuration.ANGLE_BRACKET_TAG_SYNTAX);
    sandbox.setInterpolationSyntax(Configuration.DOLLAR_INTERPOLATION_SYNTAX);
    sandbox.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    sandbox.setLogTemplateExceptions(false);
    sandbox.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_32));
    return sandbox;
  }
}
