import { ofStructure } from '../../../contract/names-in-french.ts'
import type { Notice } from '../../notifications/tell.ts'

/** To security officers. Without the person's name: mails pass through others' servers. `recognised`: by the antivirus. */
export const infectedNotice = (uploadId: string, organisation: string, recognised: string): Notice => ({
  kind: 'upload-infected',
  about: ['upload', uploadId],
  path: { operateur: '/journal' },
  subject: 'Un fichier dangereux a été refusé',
  text: `L’antivirus a reconnu « ${recognised} » dans un fichier envoyé par une personne ${ofStructure(organisation)}. Le fichier n’est pas gardé, et personne d’autre ne l’a reçu. Le poste d’où il vient est peut-être atteint : prévenez cette structure.\n\nLe journal dit qui l’a envoyé, le nom du fichier et son empreinte.`,
})
