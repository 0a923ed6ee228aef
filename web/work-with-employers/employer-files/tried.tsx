import { useMutation } from '@tanstack/react-query'
import {
  confirmEmployerFile,
  daysToUndo,
  tryEmployerFile,
} from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { call } from '../../platform/api.ts'
import { Button, Notice, Refused, Section, StickyActions } from '../../ui/index.ts'
import { LeftRows } from './left-rows.tsx'
import { fileIs } from './queries.ts'
import { countLines, type File } from './words.ts'

/** What would be made, before anything is. */
export const Tried = ({ file }: { file: File }) => {
  const act = useMutation({
    mutationFn: (route: typeof confirmEmployerFile | typeof tryEmployerFile) =>
      call(route, { params: { fileId: file.id } }),
    onSuccess: fileIs,
  })
  const lines = countLines(file)
  const makes = file.people.added + file.people.completed + file.contacts.added + file.undated.added > 0
  return (
    <>
      <Section title="Ce qui serait créé">
        {lines.length ? (
          <ul>
            {lines.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <p>Rien : toutes les lignes sont laissées de côté.</p>
        )}
      </Section>
      <LeftRows file={file} title="Lignes laissées de côté" />
      <Notice>
        <p className="fr-mb-0">
          Rien n’est encore écrit. Ce qu’un partenaire a saisi n’est jamais remplacé : une valeur différente se lit à
          côté. Personne n’est prévenu, aucune action prévue n’est close, aucune cible n’est prise. Vous pourrez tout
          défaire pendant {daysToUndo} jours.
        </p>
      </Notice>
      {act.error && <Refused problem={act.error} />}
      <StickyActions>
        {makes && (
          <Button busy={act.isPending} onClick={() => act.mutate(confirmEmployerFile)}>
            Importer
          </Button>
        )}
        <Button priority="secondary" busy={act.isPending} onClick={() => act.mutate(tryEmployerFile)}>
          Essayer de nouveau
        </Button>
      </StickyActions>
    </>
  )
}
