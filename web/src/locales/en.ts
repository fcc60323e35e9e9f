import { mergeTexts } from './mergeTexts'

export default mergeTexts(
  import.meta.glob<Record<string, unknown>>(['./en.json', '../features/*/locales/en.json'], {
    eager: true,
    import: 'default',
  }),
)
