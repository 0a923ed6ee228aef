import type { Static } from 'typebox'
import type { AnnexEntry } from '../../../contract/agreement/tools.ts'
import type { Tool } from '../../../contract/route.ts'
import { toolWords } from '../../platform/words.ts'
import { Card, TextArea, TextField } from '../../ui/index.ts'

export type Entry = Static<typeof AnnexEntry>

/** What annex 4 says of one tool. `before`: what the last version said of it. */
export const AnnexEntryFields = ({ tool, before }: { tool: Tool; before: Entry | undefined }) => (
  <Card title={toolWords[tool]}>
    <TextArea
      name={`${tool}.purpose`}
      label={`Finalité de ${toolWords[tool]}`}
      required
      rows={2}
      maxLength={500}
      defaultValue={before?.purpose ?? ''}
    />
    <TextArea
      name={`${tool}.data`}
      label={`Catégories de données de ${toolWords[tool]}`}
      hint="Une par ligne"
      required
      rows={4}
      defaultValue={before?.dataCategories.join('\n') ?? ''}
    />
    <TextArea
      name={`${tool}.commitments`}
      label={`Engagements de service de ${toolWords[tool]}`}
      required
      rows={2}
      maxLength={1000}
      defaultValue={before?.commitments ?? ''}
    />
    <TextField
      name={`${tool}.documentation`}
      label={`Documentation de ${toolWords[tool]}`}
      hint="Une adresse en https://"
      maxLength={300}
      defaultValue={before?.documentationUrl ?? ''}
      check={url => (/^https:\/\/\S+$/.test(url) ? undefined : 'L’adresse commence par https://')}
    />
  </Card>
)
export const entryOf = (tool: Tool, values: Record<string, string>): Entry => ({
  tool,
  purpose: values[`${tool}.purpose`]!.trim(),
  dataCategories: values[`${tool}.data`]!.split('\n')
    .map(line => line.trim())
    .filter(Boolean),
  commitments: values[`${tool}.commitments`]!.trim(),
  documentationUrl: values[`${tool}.documentation`]?.trim() || null,
})
