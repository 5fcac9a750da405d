<#-- model: detail (the object), text (this type's messages) -->
<dl>
  <dt>${text['categories']}</dt>
  <dd><#list detail.categories as value>${text['categories.' + value]!value}<#sep>, </#list></dd>
  <dt>${text['actions']}</dt>
  <dd><#list detail.actions as value>${text['actions.' + value]!value}<#sep>, </#list></dd>
  <dt>${text['purpose']}</dt>
  <dd>${text['purpose.' + detail.purpose]}</dd>
  <#if detail.period??>
  <dt>${text['period']}</dt>
  <dd>${(detail.period.start)!} – ${(detail.period.end)!}</dd>
  </#if>
  <#if detail.identifier??>
  <dt>${text['identifier']}</dt>
  <dd>${detail.identifier}</dd>
  </#if>
  <#if detail.until??>
  <dt>${text['until']}</dt>
  <dd>${detail.until}</dd>
  </#if>
</dl>
