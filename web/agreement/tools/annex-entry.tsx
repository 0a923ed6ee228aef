import type { Static } from 'typebox'
import type { AnnexEntry } from '../../../contract/agreement/tools.ts'
import { categoriesOf, type DataCategory, type Tool } from '../../../contract/route.ts'
import { dataCategoryWords, toolWords } from '../../platform/words.ts'
import { Card, CheckboxGroup, TextArea, TextField } from '../../ui/index.ts'

export type Entry = Static<typeof AnnexEntry>

/** What annex 4 says of one tool. `before`: what the last version said of it; `open`: the categories of data that it opens. */
export const AnnexEntryFields = ({
  tool,
  before,
  open,
  onOpen,
}: {
  tool: Tool
  before: Entry | undefined
  open: readonly DataCategory[]
  onOpen: (open: readonly string[]) => void
}) => (
  <Card title={toolWords[tool]}>
    <TextArea
      name={`${tool}.purpose`}
      label={`Finalité de ${toolWords[tool]}`}
      required
      rows={2}
      maxLength={500}
      defaultValue={before?.purpose ?? ''}
    />
    {categoriesOf[tool].length > 0 && (
      <CheckboxGroup
        name={`${tool}.categories`}
        label={`Catégories de données ouvertes avec ${toolWords[tool]}`}
        hint="Une catégorie décochée n’est plus lue ni remplie, partout en France ; ce qui est déjà noté est conservé"
        value={open}
        onChange={onOpen}
        options={categoriesOf[tool].map(value => ({ value, label: dataCategoryWords[value] }))}
      />
    )}
    <TextArea
      name={`${tool}.data`}
      label={`Données de ${toolWords[tool]}, en mots`}
      hint="Une catégorie par ligne. Ces mots expliquent : ils n’ouvrent et ne ferment rien"
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
/** Those of a tool, in the order of the contract. */
export const ofTool = (tool: Tool, open: readonly DataCategory[]): DataCategory[] =>
  categoriesOf[tool].filter(category => open.includes(category))
export const entryOf = (tool: Tool, values: Record<string, string>, open: readonly DataCategory[]): Entry => ({
  tool,
  purpose: values[`${tool}.purpose`]!.trim(),
  dataCategories: values[`${tool}.data`]!.split('\n')
    .map(line => line.trim())
    .filter(Boolean),
  categories: ofTool(tool, open),
  commitments: values[`${tool}.commitments`]!.trim(),
  documentationUrl: values[`${tool}.documentation`]?.trim() || null,
})
