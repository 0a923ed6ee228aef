import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { previewTargets } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { separatorWords, unreadWorkbook } from '../../platform/spreadsheet.ts'
import {
  announce,
  Button,
  ButtonRow,
  FileField,
  KeptFields,
  Notice,
  Refused,
  Section,
  StickyActions,
  TextArea,
} from '../../ui/index.ts'
import { patience, useAdd } from './selection.ts'
import { Added, NotAdded, PreviewBody } from './selection-preview.tsx'
import { readSiretFile, type SiretFile, type Unreadable } from './siret-file.ts'
import type { Campaign } from './words.ts'

const most = 50_000
const mostBytes = 20 * 1024 * 1024
/** From a spreadsheet the first column is the SIRET; a line longer than a SIRET can be is shown back as it is, cut. */
const linesOf = (text: string) => text.split(/\r?\n/).map(line => line.split(/[\t;]/)[0]!.trim().slice(0, 40))

const unreadable: Record<Unreadable, string> = {
  'old-workbook':
    'C’est un classeur d’un ancien format (.xls). Enregistrez-le en .xlsx ou en CSV, puis choisissez ce fichier.',
  broken: unreadWorkbook,
  empty: 'Ce fichier est vide.',
  'no-siret': 'Aucune colonne de ce fichier ne contient de SIRET : quatorze chiffres, avec ou sans espaces.',
}
const fileWords = ({ encoding, separator, column, heading }: SiretFile) =>
  [
    encoding === 'workbook' ? 'première feuille du classeur' : separator && separatorWords[separator],
    separator || encoding === 'workbook'
      ? `SIRET lus dans la colonne ${column}${heading ? ` (« ${heading} »)` : ''}`
      : 'un SIRET par ligne',
    encoding !== 'workbook' && `caractères ${encoding}`,
  ]
    .filter(Boolean)
    .join(', ')

export const BySirets = ({ campaign }: { campaign: Campaign }) => {
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const [fileError, setFileError] = useState<string>()
  const [file, setFile] = useState<{ name: string; read: SiretFile }>()
  const [checked, setChecked] = useState<readonly string[]>()
  const check = useMutation({
    mutationFn: (sirets: string[]) =>
      call(previewTargets, { params: { campaignId: campaign.id }, body: { sirets }, timeoutMs: patience }),
    onSuccess: ({ count }) => announce(`Liste vérifiée : ${formatCount(count, 'établissement')} à ajouter.`),
  })
  const add = useAdd(campaign, () => {
    setText('')
    setFile(undefined)
    check.reset()
  })
  const verify = (lines: readonly string[]) => {
    setChecked(lines)
    add.reset()
    check.mutate([...lines])
  }
  const verifyText = () => {
    const lines = linesOf(text)
    const wrong = !lines.some(Boolean)
      ? 'Collez au moins un SIRET.'
      : lines.length > most
        ? 'Collez 50 000 lignes au plus à la fois.'
        : undefined
    setError(wrong)
    setFile(undefined)
    if (!wrong) verify(lines)
  }
  const take = async (chosen: File) => {
    setFile(undefined)
    check.reset()
    if (chosen.size > mostBytes) return setFileError('Ce fichier dépasse 20 Mo : ne gardez que la colonne des SIRET.')
    const read = await readSiretFile(chosen)
    if (typeof read === 'string') return setFileError(unreadable[read])
    if (read.lines.length > most)
      return setFileError('Ce fichier compte plus de 50 000 lignes : coupez-le en plusieurs.')
    setFileError(undefined)
    setFile({ name: chosen.name, read })
    verify(read.lines)
  }
  return (
    <>
      <div className="cc-form">
        <FileField
          label="Fichier de SIRET"
          hint="Classeur .xlsx, CSV ou texte, tel que votre tableur l’enregistre ; la colonne des SIRET est trouvée d’après son contenu. 50 000 lignes au plus."
          accept=".xlsx,.csv,.txt,.tsv,text/csv,text/plain"
          error={fileError}
          onFile={chosen => void take(chosen)}
        />
        {file && (
          <Notice tone={file.read.shortened ? 'warning' : 'info'}>
            <p className="fr-mb-0">
              <strong>{file.name}</strong> : {fileWords(file.read)}.
            </p>
            {file.read.shortened && (
              <p className="fr-mb-0">
                Le tableur a abrégé des numéros (« 9,00E+13 ») : leurs chiffres sont perdus. Mettez la colonne au format
                Texte ou Nombre, puis enregistrez de nouveau.
              </p>
            )}
          </Notice>
        )}
        <KeptFields draft={{ name: 'sirets', about: campaign.id }}>
          <TextArea
            name="sirets"
            label="Ou SIRET à coller"
            hint="Un par ligne, avec ou sans espaces. Collés depuis un tableur, seule la première colonne est lue."
            rows={6}
            value={text}
            onChange={value => {
              setText(value)
              setError(undefined)
              if (!file) check.reset()
            }}
            {...(error ? { error } : {})}
          />
        </KeptFields>
        <ButtonRow>
          <Button priority={check.data?.count ? 'secondary' : 'primary'} busy={check.isPending} onClick={verifyText}>
            {check.isPending ? 'Vérification…' : 'Vérifier la liste'}
          </Button>
        </ButtonRow>
      </div>
      {check.isError && (
        <div className="fr-mt-3w">
          <Refused problem={check.error} retry={() => checked && verify(checked)} />
        </div>
      )}
      {add.isError && (
        <div className="fr-mt-3w">
          <Refused problem={add.error} />
        </div>
      )}
      {add.data && (
        <Section title="Ce qui a été ajouté">
          <Added outcomes={add.data.outcomes} campaign={campaign} />
          <NotAdded outcomes={add.data.outcomes} />
        </Section>
      )}
      {check.data && checked && (
        <Section title="Ce qui sera ajouté">
          <PreviewBody preview={check.data} campaign={campaign} nothing="Le détail, ligne par ligne, est ci-dessous." />
          <NotAdded outcomes={check.data.outcomes} />
          {check.data.count > 0 && (
            <StickyActions>
              <Button busy={add.isPending} onClick={() => add.mutate({ sirets: [...checked] })}>
                {add.isPending
                  ? 'Ajout en cours…'
                  : `Ajouter ${check.data.count === 1 ? 'cet établissement' : `ces ${formatCount(check.data.count, 'établissement')}`}`}
              </Button>
            </StickyActions>
          )}
        </Section>
      )}
    </>
  )
}
