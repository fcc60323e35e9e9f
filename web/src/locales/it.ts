import { mergeTexts } from './mergeTexts'

export default mergeTexts(
  import.meta.glob<Record<string, unknown>>(['./it.json', '../features/*/locales/it.json'], {
    eager: true,
    import: 'default',
  }),
)
