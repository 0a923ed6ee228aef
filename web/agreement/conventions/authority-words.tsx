import { useMutation } from '@tanstack/react-query'
import { download } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { Button, Notice, Refused } from '../../ui/index.ts'
import { type Convention, warningWords } from './words.ts'

type Authority = Pick<
  Convention['signatories'][number],
  | 'act'
  | 'actOn'
  | 'localAuthority'
  | 'prefectureOn'
  | 'publishedOn'
  | 'contestableUntil'
  | 'warnings'
  | 'actDocumentId'
>
/** The act that empowers who signs, its dates, until when it may be contested, and the file of it. */
export const AuthorityWords = ({
  conventionId,
  authority,
  more = '',
}: {
  conventionId: string
  authority: Authority
  more?: string
}) => {
  const file = useMutation({ mutationFn: (id: string) => download(`/conventions/${conventionId}/documents/${id}`) })
  const { act, actOn, localAuthority, prefectureOn, publishedOn, contestableUntil, warnings, actDocumentId } = authority
  return (
    <>
      <p className="fr-mb-1v fr-text--sm">
        {act ? `${act}${actOn ? ` du ${formatDay(actOn)}` : ''}` : 'Acte non renseigné'}
        {localAuthority &&
          ` · ${prefectureOn ? `reçu en préfecture le ${formatDay(prefectureOn)}` : 'réception en préfecture à renseigner'} · ${publishedOn ? `publié le ${formatDay(publishedOn)}` : 'publication à renseigner'}`}
        {contestableUntil && ` · recours possible jusqu’au ${formatDay(contestableUntil)}`}
        {more}{' '}
        {actDocumentId && (
          <Button
            size="small"
            priority="tertiary"
            icon="fr-icon-download-line"
            onClick={() => file.mutate(actDocumentId)}
          >
            Lire l’acte
          </Button>
        )}
      </p>
      {file.isError && <Refused problem={file.error} />}
      {warnings.length > 0 && (
        <Notice tone="warning">
          <ul>
            {warnings.map(warning => (
              <li key={warning}>{warningWords[warning]}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}
