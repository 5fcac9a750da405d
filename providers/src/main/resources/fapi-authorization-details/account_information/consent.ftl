<#-- model: detail (the object), text (this type's messages) -->
<dl>
  <dt>${text['actions']}</dt>
  <dd><#list detail.actions as value>${text['actions.' + value]!value}<#sep>, </#list></dd>
  <#if detail.accounts??>
  <dt>${text['accounts']}</dt>
  <dd><#list detail.accounts as account>${account}<#sep>, </#list></dd>
  </#if>
  <#if detail.recurring??>
  <dt>${text['recurring']}</dt>
  <dd>${text['recurring.' + detail.recurring?c]}</dd>
  </#if>
  <#if detail.frequencyPerDay??>
  <dt>${text['frequencyPerDay']}</dt>
  <dd>${detail.frequencyPerDay}</dd>
  </#if>
  <#if detail.validTo??>
  <dt>${text['validTo']}</dt>
  <dd>${detail.validTo}</dd>
  </#if>
</dl>
