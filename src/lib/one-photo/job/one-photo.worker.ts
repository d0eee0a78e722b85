import { serve } from '$lib/worker/serve';
import { createOnePhotoApi } from './api';

serve(createOnePhotoApi());
