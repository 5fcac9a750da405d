<#-- Parts of the pages of a scheme's directory. Everything is escaped; texts of others are marked. -->

<#macro navigation page>
  <#if page.menu?has_content>
    <nav class="fapi-menu" aria-label="${text("fapi.scheme.menu")}">
      <ul class="fapi-links"><#list page.menu as item><li><a href="${item.address}">${item.words}</a></li></#list></ul>
    </nav>
  </#if>
  <#if page.trail?has_content>
    <nav class="fapi-trail" aria-label="${text("fapi.scheme.trail")}">
      <ol><#list page.trail as step><li><a href="${step.address}"><bdi>${step.words}</bdi></a></li></#list></ol>
    </nav>
  </#if>
</#macro>

<#macro section one>
  <section class="fapi-card" id="${one.id}"<#if one.heading??> aria-labelledby="${one.id}-heading"</#if>>
    <#if one.heading??><h2 id="${one.id}-heading">${one.heading}</h2></#if>
    <#if one.warning??><p class="fapi-alert fapi-warning">${one.warning}</p></#if>
    <#list one.paragraphs as words><p>${words}</p></#list>
    <#if one.search??><@search one.search /></#if>
    <#if one.facts?has_content><@facts one.facts /></#if>
    <#if one.columns??><@table one /></#if>
    <#list one.code as code><@copied code /></#list>
    <#if one.paging??><@paging one.paging /></#if>
    <#if one.links?has_content>
      <div class="fapi-actions fapi-less">
        <#list one.links as link><a class="fapi-button fapi-small<#if link.main> fapi-primary</#if>" href="${link.address}">${link.words}</a></#list>
      </div>
    </#if>
  </section>
</#macro>

<#macro facts list>
  <dl>
    <#list list as fact>
      <div class="fapi-row"><dt>${fact.name}</dt><dd><@cell fact.value /></dd></div>
    </#list>
  </dl>
</#macro>

<#-- Something to be copied: left to right in every language. -->
<#macro copied code>
  <p class="fapi-legend" aria-hidden="true">${code.name}</p>
  <pre class="fapi-copied" dir="ltr" tabindex="0" role="region" aria-label="${code.name}"><code>${code.text}</code></pre>
</#macro>

<#macro cell of>
  <#if of.list??>
    <ul class="fapi-plain"><#list of.list as one><li><@cell one /></li></#list></ul>
  <#else>
    <#if of.address??><a href="${of.address}"<#if of.name??> aria-label="${of.name}"</#if>><@value of /></a><#else><@value of /></#if>
    <#if of.note??><span class="fapi-note"><bdi>${of.note}</bdi></span></#if>
  </#if>
</#macro>

<#macro value of><#if of.code!false><code class="fapi-code" dir="ltr">${of.words}</code><#elseif of.quoted!false><bdi class="fapi-quoted">${of.words}</bdi><#elseif of.mark??><span class="fapi-mark fapi-mark-${of.mark}">${of.words}</span><#else>${of.words}</#if></#macro>

<#-- On a narrow screen each row is a block with the names of the columns; roles keep it a table for screen readers. -->
<#macro table of>
  <table class="fapi-table" role="table">
    <caption class="fapi-hidden">${of.heading!of.id}</caption>
    <thead role="rowgroup"><tr role="row"><#list of.columns as column><th scope="col" role="columnheader">${column}</th></#list></tr></thead>
    <tbody role="rowgroup">
      <#list of.rows as row>
        <tr role="row">
          <#list row as value>
            <#if value?is_first><th scope="row" role="rowheader"><@cell value /></th><#else><td role="cell"<#if value.words?has_content || value.list??> data-column="${of.columns[value?index]}"</#if>><@cell value /></td></#if>
          </#list>
        </tr>
      </#list>
    </tbody>
  </table>
</#macro>

<#macro search of>
  <form class="fapi-search" role="search" action="${of.address}" method="get">
    <div class="fapi-field">
      <label for="search-text">${text("fapi.scheme.search.text")}</label>
      <input id="search-text" name="text" type="search" value="${of.text}" maxlength="100" autocomplete="off">
    </div>
    <div class="fapi-field">
      <label for="search-choice">${of.label}</label>
      <select id="search-choice" name="${of.choice}">
        <option value="">${text("fapi.scheme.search.any")}</option>
        <#list of.options as value, words><option value="${value}"<#if value == of.chosen> selected</#if>>${words}</option></#list>
      </select>
    </div>
    <button class="fapi-button fapi-small" type="submit">${text("fapi.scheme.search.button")}</button>
  </form>
</#macro>

<#macro paging of>
  <#if of.before?? || of.after??>
    <nav class="fapi-paging" aria-label="${text("fapi.scheme.page.title")}">
      <#if of.position??><p class="fapi-muted">${of.position}</p></#if>
      <ul class="fapi-links">
        <#if of.before??><li><a href="${of.before}" rel="prev">${text("fapi.scheme.page.before")}</a></li></#if>
        <#if of.after??><li><a href="${of.after}" rel="next">${text("fapi.scheme.page.after")}</a></li></#if>
      </ul>
    </nav>
  </#if>
</#macro>

<#macro form of title>
  <#local wrong = of.fields?filter(field -> field.problem??)>
  <#if of.problems?has_content || wrong?has_content>
    <div class="fapi-alert" role="alert" tabindex="-1" id="problems"<#if !wrong?has_content> autofocus</#if>>
      <p>${text("fapi.scheme.problem.title")}</p>
      <ul>
        <#list of.problems as words><li>${words}</li></#list>
        <#list wrong as field><li><a href="#${field.name}">${field.label}</a>: ${field.problem}</li></#list>
      </ul>
    </div>
  </#if>
  <form class="fapi-card" method="post"<#if of.multipart> enctype="multipart/form-data"</#if> novalidate aria-label="${title}">
    <input type="hidden" name="stateChecker" value="${of.stateChecker}">
    <#list of.hidden as name, value><input type="hidden" name="${name}" value="${value}"></#list>
    <#if of.facts?has_content><@facts of.facts /></#if>
    <#list of.paragraphs as words><p>${words}</p><#if words?is_first><#list of.code as code><@copied code /></#list></#if></#list>
    <#list of.fields as field><@input field=field first=(wrong?has_content && wrong[0].name == field.name) /></#list>
    <div class="fapi-actions">
      <button class="fapi-button fapi-primary<#if of.danger> fapi-danger</#if>" type="submit">${of.button}</button>
      <a class="fapi-button" href="${of.cancel}">${text("fapi.scheme.action.cancel")}</a>
    </div>
    <#if of.other??><p><a href="${of.other.address}">${of.other.words}</a></p></#if>
  </form>
</#macro>

<#macro described field first><#if field.problem??> aria-invalid="true"</#if><#if field.problem?? || field.hint??> aria-describedby="<#if field.problem??>fapi-problem-${field.name} </#if><#if field.hint??>${field.name}-hint</#if>"</#if><#if first> autofocus</#if></#macro>

<#macro remarks field>
  <#if field.hint??><p class="fapi-muted" id="${field.name}-hint">${field.hint}</p></#if>
  <#if field.problem??><p class="fapi-problem" id="fapi-problem-${field.name}">${field.problem}</p></#if>
</#macro>

<#macro label field>${field.label}<#if field.optional??> <span class="fapi-muted">(${field.optional})</span></#if></#macro>

<#macro input field first>
  <#if field.kind == "checks" || field.kind == "choice">
    <fieldset class="fapi-choice" id="${field.name}" tabindex="-1"<#if field.kind == "choice"> role="radiogroup"<#if field.problem??> aria-invalid="true"</#if></#if><#if field.problem?? || field.hint??> aria-describedby="<#if field.problem??>fapi-problem-${field.name} </#if><#if field.hint??>${field.name}-hint</#if>"</#if>>
      <legend><@label field /></legend>
      <@remarks field />
      <#list field.options as option>
        <label class="fapi-check">
          <input type="${(field.kind == "choice")?then("radio", "checkbox")}" name="${field.name}" value="${option.value}"<#if option.chosen> checked</#if><#if first && option?is_first> autofocus</#if>>
          <span><bdi>${option.words}</bdi></span>
        </label>
      </#list>
    </fieldset>
  <#else>
    <div class="fapi-field">
      <label for="${field.name}"><@label field /></label>
      <@remarks field />
      <#if field.kind == "lines">
        <textarea id="${field.name}" name="${field.name}" rows="<#if field.copied!false>6<#else>3</#if>"<#if field.copied!false> class="fapi-code" dir="ltr" spellcheck="false" autocapitalize="off"<#else> dir="auto"</#if><#if !field.optional??> aria-required="true"</#if><@described field first />>${field.value}</textarea>
      <#elseif field.kind == "file">
        <input id="${field.name}" name="${field.name}" type="file" accept="${field.accept}"<@described field first />>
      <#else>
        <input id="${field.name}" name="${field.name}" type="${field.type}" value="${field.value}" autocomplete="${field.autocomplete}"<#if field.copied!false> class="fapi-code" dir="ltr" spellcheck="false" autocapitalize="off"<#else> dir="auto"</#if><#if !field.optional??> aria-required="true"</#if><@described field first />>
      </#if>
    </div>
  </#if>
</#macro>
