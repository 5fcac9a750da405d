package io.github.fapipack;

import static org.assertj.core.api.Assertions.assertThat;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each template can be parsed, is laid out like the others, and declares nothing in vain. */
class TemplatesTest {
  private static final List<Path> ROOTS =
      List.of(Path.of("src/main/resources"), Path.of("../themes/src/main/resources"));

  private static final Pattern DECLARED =
      Pattern.compile("<#(?:assign|local|macro|function) ([A-Za-z]\\w*)");

  /** A directive or a call of a macro that begins a line or ends a block there. */
  private static final Pattern BLOCK =
      Pattern.compile("<(/?)([#@][\\w.]+)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*?)(/?)>");

  private static final List<String> WITHOUT_END =
      List.of(
          "#import",
          "#include",
          "#else",
          "#elseif",
          "#nested",
          "#sep",
          "#setting",
          "#return",
          "#ftl");

  static List<Path> templates() {
    return ROOTS.stream().flatMap(TemplatesTest::below).toList();
  }

  private static Stream<Path> below(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".ftl")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void areFound() {
    assertThat(templates()).hasSizeGreaterThan(8);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void canBeParsed(Path file) throws IOException {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_32);
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);

    assertThat(new Template(file.toString(), read(file), configuration).getRootTreeNode())
        .isNotNull();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void areLaidOutAlike(Path file) {
    assertThat(faultsOfLayout(read(file))).isEmpty();
  }

  @Test
  void aTemplateThatIsLaidOutOtherwiseIsSeen() {
    assertThat(faultsOfLayout("<#if a>\n\t<p>\n    x \n  </#if>\n<#list b as c>\n</#list>"))
        .containsExactly(
            "line 2: a tab",
            "line 3: a blank at the end",
            "line 3: indented by 4 after 0",
            "line 4: </#if> is not below its beginning",
            "no line break at the end");
  }

  private static List<String> faultsOfLayout(String text) {
    List<String> faults = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    int before = 0;
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      String place = "line " + number + ": ";
      int indent = line.length() - line.stripLeading().length();
      if (line.contains("\t")) {
        faults.add(place + "a tab");
        continue;
      }
      if (line.endsWith(" ")) {
        faults.add(place + "a blank at the end");
      }
      if (!line.isBlank()) {
        if (indent % 2 != 0 || indent > before + 4 || (indent > before + 2 && before == 0)) {
          faults.add(place + "indented by " + indent + " after " + before);
        }
        before = indent;
      }
      follow(line, indent, open).forEach(end -> faults.add(place + end));
    }
    if (!text.endsWith("\n")) {
      faults.add("no line break at the end");
    }
    return faults;
  }

  /** Ends of blocks that begin a line stand below the beginning of their block. */
  private static List<String> follow(String line, int indent, Deque<Integer> open) {
    List<String> faults = new ArrayList<>();
    Matcher block = BLOCK.matcher(line);
    while (block.find()) {
      boolean first = line.substring(0, block.start()).isBlank();
      if (!block.group(1).isEmpty()) {
        int begun = open.pop();
        if (first && begun != indent) {
          faults.add(block.group() + " is not below its beginning");
        }
      } else if (block.group(4).isEmpty() && hasEnd(block.group(2), block.group(3))) {
        open.push(indent);
      }
    }
    return faults;
  }

  private static boolean hasEnd(String name, String attributes) {
    boolean withValue = name.equals("#assign") || name.equals("#local");
    return !WITHOUT_END.contains(name) && !(withValue && attributes.contains("="));
  }

  @Test
  void declareNothingInVain() {
    String all = String.join("\n", templates().stream().map(TemplatesTest::read).toList());
    List<String> unused =
        DECLARED
            .matcher(all)
            .results()
            .map(match -> match.group(1))
            .filter(
                name -> Pattern.compile("\\b" + name + "\\b").matcher(all).results().count() < 2)
            .toList();

    assertThat(unused).isEmpty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
