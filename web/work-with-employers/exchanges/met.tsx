import { Link } from '../../ui/index.ts'
import type { Exchange } from './words.ts'

/** Whom one met: as their card names them today, else as it was typed. */
export const Met = ({ exchange: { correspondent, content, siret } }: { exchange: Exchange }) => {
  if (correspondent)
    return (
      <span>
        Rencontré : <Link href={`/etablissements/${siret}#interlocuteurs`}>{correspondent.name}</Link>
      </span>
    )
  return content?.personMet ? <span>Rencontré : {content.personMet}</span> : null
}
