import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { mostFileRows } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { formatInstant, formatNumber } from '../../platform/format.ts'
import { announce, Badge, DataTable, FileField, Page, Section, Stepper } from '../../ui/index.ts'
import { ColumnsStep } from './columns-step.tsx'
import { filesQuery } from './queries.ts'
import { type Chosen, headingsDigest, readSheet, sha256, type Unreadable } from './sheet.ts'
import { rowsWords, stateWords, stepNames } from './words.ts'

const mostBytes = 10 * 1024 * 1024
const unreadable: Record<Unreadable, string> = {
  'old-workbook': 'C’est un classeur d’un ancien format (.xls). Enregistrez-le en .xlsx ou en CSV, puis choisissez-le.',
  empty: 'Ce fichier ne contient aucune ligne sous ses titres de colonnes.',
  'no-columns': 'Ce fichier n’a qu’une colonne : il en faut une pour l’établissement, et une pour ce qu’on en dit.',
  broken: 'Ce classeur ne se lit pas : ouvrez-le dans votre tableur, enregistrez-le de nouveau, puis choisissez-le.',
}
/** A file is chosen and its columns are said, here; what follows has its own address, to be found again. */
export default function FilesPage() {
  const [chosen, setChosen] = useState<Chosen>()
  return (
    <Page
      title="Importer un fichier d’employeurs"
      breadcrumb={[{ label: 'Mon portefeuille', href: '/portefeuille' }]}
      lead="Les interlocuteurs et les échanges passés que vous tenez dans votre propre outil, repris dans les fiches."
    >
      <Stepper steps={stepNames} current={chosen ? 2 : 1} />
      {chosen ? (
        <ColumnsStep chosen={chosen} onBack={() => setChosen(undefined)} />
      ) : (
        <>
          <ChooseFile onChosen={setChosen} />
          <Before />
        </>
      )}
    </Page>
  )
}

const ChooseFile = ({ onChosen }: { onChosen: (chosen: Chosen) => void }) => {
  const [error, setError] = useState<string>()
  const take = async (file: globalThis.File) => {
    if (file.size > mostBytes) return setError('Ce fichier dépasse 10 Mo : coupez-le en plusieurs.')
    const sheet = await readSheet(file)
    if (typeof sheet === 'string') return setError(unreadable[sheet])
    if (sheet.rows.length > mostFileRows)
      return setError(`Ce fichier compte plus de ${formatNumber(mostFileRows)} lignes : coupez-le en plusieurs.`)
    const [digest, headings] = await Promise.all([file.arrayBuffer().then(sha256), headingsDigest(sheet.headings)])
    announce(`Fichier lu : ${rowsWords(sheet.rows.length)}.`)
    onChosen({ name: file.name.slice(0, 200), sheet, sha256: digest, headings })
  }
  return (
    <div className="cc-form">
      <FileField
        label="Fichier d’employeurs"
        hint={`CSV ou classeur .xlsx, une ligne par employeur, interlocuteur ou échange, des titres en première ligne. ${formatNumber(mostFileRows)} lignes au plus. Le fichier est lu sur votre appareil ; seules les colonnes que vous choisirez sont envoyées, et rien n’est écrit dans les fiches avant que vous confirmiez.`}
        required
        accept=".csv,.txt,.tsv,.xlsx,text/csv,text/plain"
        error={error}
        onFile={file => void take(file)}
      />
    </div>
  )
}

const Before = () => {
  const { data } = useQuery(filesQuery)
  if (!data?.items.length) return null
  return (
    <Section title="Mes fichiers">
      <DataTable
        caption="Mes fichiers d’employeurs, les derniers d’abord"
        hideCaption
        rows={data.items}
        keyOf={({ id }) => id}
        href={({ id }) => `/fichiers-employeurs/${id}`}
        columns={[
          { head: 'Fichier', cell: ({ fileName }) => fileName },
          { head: 'Ouvert', cell: ({ openedAt }) => formatInstant(openedAt) },
          { head: 'Lignes', cell: ({ rows }) => formatNumber(rows), numeric: true },
          {
            head: 'État',
            cell: ({ state }) => <Badge tone={stateWords[state].tone}>{stateWords[state].word}</Badge>,
          },
        ]}
      />
    </Section>
  )
}
