import { Link } from '../ui/index.ts'

/** For an advisor who has nothing yet: where a first day begins. */
export const FirstSteps = () => (
  <div className="cc-steps">
    <p className="fr-mb-1w">Rien ne vous est encore confié. Pour commencer :</p>
    <ol>
      <li>
        <Link href="/campagnes">Ouvrez une campagne</Link>
        <span className="fr-hint-text">« Je m’en occupe » met un employeur dans votre portefeuille.</span>
      </li>
      <li>
        <Link href="/etablissements">Lisez la fiche de l’employeur</Link>
        <span className="fr-hint-text">Elle dit qui l’a déjà contacté, quand, et ce qui en est sorti.</span>
      </li>
      <li>
        <Link href="/aide/conseiller#enregistrer-un-echange">Notez votre échange, et la suite</Link>
        <span className="fr-hint-text">La suite paraîtra ici le jour venu.</span>
      </li>
    </ol>
  </div>
)
